// Takes descriptors out of other processes: pidfd_getfd, and /proc/<pid>/fd.
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
    pid_t child = fork();
    if (!child) {
        pause();
        _exit(0);
    }
    int targets[] = {1, getppid(), child, getpid()};
    for (int i = 0; i < 4; i++) {
        int pidfd = syscall(SYS_pidfd_open, targets[i], 0);
        for (int fd = 0; fd < 64; fd++) {
            char path[64], link[64];
            if (syscall(SYS_pidfd_getfd, pidfd, fd, 0) >= 0 || errno != EPERM) printf("ESCAPED %d of %d: %s\n", fd, targets[i], strerror(errno));
            snprintf(path, sizeof path, "/proc/%d/fd/%d", targets[i], fd);
            if (i < 2 && (readlink(path, link, 64) >= 0 || open(path, O_RDONLY | O_NONBLOCK) >= 0)) printf("ESCAPED %s\n", path);
        }
    }
    kill(child, SIGKILL);
    wait(0);
    puts("stopped: EPERM");
}
