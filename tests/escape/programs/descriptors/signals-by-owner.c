// Has the kernel send signals for its pipes to processes that it may not signal: init, process groups, the host's.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main() {
    signal(SIGIO, SIG_IGN);
    int owners[] = {1, -1, @LURE_PID@, -@LURE_PID@, 0x7fffffff, -0x7fffffff};
    int pair[2];
    if (pipe(pair) != 0) return 1;
    int files[] = {0, 1, 2, pair[0], pair[1]};
    for (int f = 0; f < 5; f++)
        for (int i = 0; i < 6; i++) {
            fcntl(files[f], F_SETSIG, SIGKILL);
            int result = fcntl(files[f], F_SETOWN, owners[i]);
            // Init of the sandbox is the only process but ourselves that has a number here.
            if (result == 0 && owners[i] != 1 && owners[i] != -1) printf("ESCAPED: %d owns descriptor %d\n", owners[i], files[f]);
            struct f_owner_ex owner = {F_OWNER_PID, owners[i]};
            if (fcntl(files[f], F_SETOWN_EX, &owner) == 0 && owners[i] != 1) printf("ESCAPED: %d owns descriptor %d\n", owners[i], files[f]);
            ioctl(files[f], FIOASYNC, &(int){1});
            fcntl(files[f], F_SETFL, fcntl(files[f], F_GETFL) | O_ASYNC);
            if (files[f] == pair[1] && write(pair[1], "x", 1) != 1) return 1;
        }
    // Nobody got a SIGKILL: not init, or nobody would see this.
    for (int f = 0; f < 3; f++) fcntl(files[f], F_SETSIG, 0), ioctl(files[f], FIOASYNC, &(int){0});
    puts("stopped");
}
