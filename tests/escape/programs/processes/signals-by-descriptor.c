// Has the kernel send signals to init and others for it: the owner of a pipe gets SIGIO, or SIGKILL by F_SETSIG.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int lure = @LURE_PID@, signals[] = {0, SIGKILL, SIGSTOP, SIGTERM, SIGRTMIN};
    for (int s = 0; s < 5; s++) {
        int pair[2];
        socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
        if (lure != getpid() && (!fcntl(pair[0], F_SETOWN, lure) || errno != ESRCH)) printf("ESCAPED the lure owns it: %s\n", strerror(errno));
        int owners[] = {1, -1};   // init, and its group
        for (int o = 0; o < 2; o++) {
            struct f_owner_ex thread = {F_OWNER_TID, 1};
            fcntl(pair[0], F_SETOWN, owners[o]);
            if (o) fcntl(pair[0], F_SETOWN_EX, &thread);
            fcntl(pair[0], F_SETSIG, signals[s]);
            fcntl(pair[0], F_SETFL, O_ASYNC | O_NONBLOCK);
            for (int i = 0; i < 50; i++) write(pair[1], "x", 1);
        }
    }
    // An init that was stopped or killed would never reap an orphan.
    int ends[2];
    pipe(ends);
    if (!fork()) {
        pid_t orphan = fork();
        if (orphan) write(ends[1], &orphan, sizeof orphan);
        _exit(0);
    }
    wait(0);
    pid_t orphan;
    read(ends[0], &orphan, sizeof orphan);
    while (!kill(orphan, 0)) usleep(1000);
    puts("stopped: init works on");
}
