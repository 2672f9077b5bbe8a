// Plants a key where the next program of the same user id would find it, and asks for the host's.
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
    // Negative numbers name rings: -1 the thread's, -2 the process's, -3 the session's, -4 the user's, -5 the user's sessions'.
    for (int ring = -1; ring >= -8; ring--) {
        must_fail("add_key", syscall(SYS_add_key, "user", "codecanvas", "secret", 6, ring));
        must_fail("a big one", syscall(SYS_add_key, "big_key", "codecanvas", "secret", 6, ring));
        must_fail("id of a ring", syscall(SYS_keyctl, 0, ring, 1));
        must_fail("search", syscall(SYS_keyctl, 10, ring, "user", "codecanvas", 0));
        must_fail("request_key", syscall(SYS_request_key, "user", "codecanvas", "callout", ring));
    }
    for (int command = 0; command <= 32; command++) must_fail("keyctl", syscall(SYS_keyctl, command, 0, 0, 0, 0));
    must_fail("with junk above", syscall(SYS_keyctl, 0 | 1UL << 32, -3, 1));
    puts("stopped");
}
