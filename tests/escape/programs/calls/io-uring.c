// Sets up a ring by which the kernel would make calls that no filter sees.
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
    // struct io_uring_params is 120 bytes; flag 2 asks for a thread of the kernel's own (SQPOLL).
    unsigned parameters[30] = {0}, polled[30] = {[2] = 2};
    must_fail("a ring", syscall(SYS_io_uring_setup, 8, parameters));
    must_fail("a polled ring", syscall(SYS_io_uring_setup, 8, polled));
    must_fail("entries with junk above", syscall(SYS_io_uring_setup, 8 | 1UL << 40, parameters));
    for (int fd = -1; fd < 3; fd++) {
        must_fail("enter", syscall(SYS_io_uring_enter, fd, 1, 0, 0, 0, 0));
        must_fail("register", syscall(SYS_io_uring_register, fd, 4, 0, 0));
    }
    // Registering without a ring: MSG_RING, restrictions.
    must_fail("register by itself", syscall(SYS_io_uring_register, -1, 31, parameters, 1));
    puts("stopped");
}
