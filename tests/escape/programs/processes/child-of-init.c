// Becomes init's own child by CLONE_PARENT, with a deadly signal for its end, and floods init with ends to reap.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int signals[] = {SIGKILL, SIGSTOP, SIGTERM, SIGCHLD, 0}, ends[2], made = 0;
    pipe(ends);
    for (int i = 0; i < 200; i++) {
        pid_t pid = syscall(SYS_clone, CLONE_PARENT | signals[i % 5], 0, 0, 0, 0);
        if (!pid) {
            if (getppid() != 1) write(ends[1], "x", 1);
            _exit(0);
        }
        made += pid > 0;
        // Init has the child now, we have not.
        if (pid > 0 && (waitpid(pid, 0, WNOHANG | __WALL) >= 0 || errno != ECHILD)) printf("ESCAPED it is ours: %s\n", strerror(errno));
        while (pid > 0 && !kill(pid, 0)) usleep(100);
    }
    close(ends[1]);
    char c;
    if (read(ends[0], &c, 1) > 0) puts("some were not init's");
    puts(made == 200 ? "stopped: init reaped all" : "not all could be made");
}
