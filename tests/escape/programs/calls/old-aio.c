// Takes all of the host's few places for asynchronous requests of the old kind.
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
    for (long requests = 1; requests <= 65536; requests *= 4) {
        unsigned long context = 0;
        must_fail("io_setup", syscall(SYS_io_setup, requests, &context));
        must_fail("io_submit", syscall(SYS_io_submit, context, 0, 0));
        must_fail("io_getevents", syscall(SYS_io_getevents, context, 0, 0, 0, 0));
        must_fail("io_destroy", syscall(SYS_io_destroy, context));
    }
    puts("stopped");
}
