// Makes memory that the kernel itself cannot see, swap or account for as others.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void must_fail(const char *what, long result) {
    printf("%s%s: %s\n", result == -1 && (errno == EPERM || errno == ENOSYS) ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    must_fail("secret memory", syscall(SYS_memfd_secret, 0));
    must_fail("closed on execve", syscall(SYS_memfd_secret, 02000000));
    must_fail("junk above", syscall(SYS_memfd_secret, 1UL << 32));
    puts("stopped");
}
