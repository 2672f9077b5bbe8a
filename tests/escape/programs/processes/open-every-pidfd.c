// Opens every process by pidfd_open, and does to what it gets what a descriptor of a process allows.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int self = getpid(), lure = @LURE_PID@;
    for (int pid = 2; pid < 70000; pid++)
        if (pid != self && (syscall(SYS_pidfd_open, pid, 0) >= 0 || (errno != ESRCH && errno != EINVAL && errno != ENOENT)))
            printf("ESCAPED process %d: %s\n", pid, strerror(errno));
    if (lure != self && syscall(SYS_pidfd_open, lure, 0) >= 0) puts("ESCAPED the lure opens");
    int init = syscall(SYS_pidfd_open, 1, 0);
    for (int fd = 0; fd < 20; fd++)
        if (syscall(SYS_pidfd_getfd, init, fd, 0) >= 0 || errno != EPERM) printf("ESCAPED descriptor %d of init: %s\n", fd, strerror(errno));
    if (!syscall(SYS_setns, init, 0x20000) || errno != EPERM) printf("ESCAPED setns: %s\n", strerror(errno));
    if (!syscall(SYS_process_madvise, init, 0, 0, 21, 0) || errno != EPERM) printf("ESCAPED process_madvise: %s\n", strerror(errno));
    if (!syscall(SYS_process_mrelease, init, 0)) puts("ESCAPED init's memory is released");
    if (!waitid(P_PIDFD, init, 0, WEXITED | WNOHANG) || errno != ECHILD) printf("ESCAPED waited for init: %s\n", strerror(errno));
    printf("stopped: init's descriptor is %d and of no use\n", init);
}
