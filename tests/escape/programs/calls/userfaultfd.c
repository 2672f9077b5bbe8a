// Holds the kernel still in the midst of a copy by handling page faults itself, which makes races easy to win.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <fcntl.h>

static void must_fail(const char *what, long result) {
    printf("%s%s: %s\n", result == -1 && (errno == EPERM || errno == ENOSYS) ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    must_fail("userfaultfd", syscall(SYS_userfaultfd, 0));
    must_fail("only for user mode", syscall(SYS_userfaultfd, 1 | O_CLOEXEC | O_NONBLOCK));
    must_fail("with junk above", syscall(SYS_userfaultfd, 1 | 1UL << 32));
    int device = open("/dev/userfaultfd", O_RDWR);
    printf("%s/dev/userfaultfd: %s\n", device >= 0 ? "ESCAPED " : "", strerror(errno));
    // The other way to stop the kernel in a copy is a file system of one's own.
    device = open("/dev/fuse", O_RDWR);
    printf("%s/dev/fuse: %s\n", device >= 0 ? "ESCAPED " : "", strerror(errno));
    puts("stopped");
}
