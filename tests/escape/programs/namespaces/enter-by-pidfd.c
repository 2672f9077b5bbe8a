// Enters the namespaces of processes by their descriptors: init's, its parent's, a child's; and asks pidfds for namespaces.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    pid_t child = fork();
    if (!child) {
        pause();
        _exit(0);
    }
    int pids[] = {1, getppid(), child, getpid()};
    for (int i = 0; i < 4; i++) {
        int pidfd = syscall(SYS_pidfd_open, pids[i], 0);
        if (pidfd < 0) return puts("no pidfd"), 1;
        for (unsigned kind = 0x80; kind; kind <<= 1)
            if (!setns(pidfd, kind) || errno != EPERM) printf("ESCAPED %d by %#x: %s\n", pids[i], kind, strerror(errno));
        if (!setns(pidfd, 0x7e020080) || errno != EPERM) printf("ESCAPED all of %d: %s\n", pids[i], strerror(errno));
        // PIDFD_GET_CGROUP_NAMESPACE and its neighbours (Linux 6.11): init is not to be looked into.
        for (int number = 1; number <= 10; number++)
            if (pids[i] == 1 && ioctl(pidfd, _IO(0xff, number), 0) >= 0) printf("ESCAPED namespace %d of init\n", number);
    }
    kill(child, SIGKILL);
    wait(0);
    puts("stopped: EPERM");
}
