// Builds walls of its own from the kernel's Landlock, whose rules take memory and whose code is reachable by nobody else here.
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
    unsigned long attributes[3] = {1};
    must_fail("the version", syscall(SYS_landlock_create_ruleset, 0, 0, 1));
    must_fail("a ruleset", syscall(SYS_landlock_create_ruleset, attributes, 8, 0));
    must_fail("a rule", syscall(SYS_landlock_add_rule, 0, 1, attributes, 0));
    must_fail("restrict", syscall(SYS_landlock_restrict_self, 0, 0));
    puts("stopped");
}
