// Installs filters of calls of its own, to see or answer calls of programs it starts, and to make the kernel compile them.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static void must_fail(const char *what, long result) {
    printf("%s%s: errno %d\n", result == -1 && errno == EPERM ? "" : "ESCAPED ", what, errno);
}

int main() {
    struct sock_filter allow[] = {{6, 0, 0, SECCOMP_RET_ALLOW}};
    struct sock_fprog program = {1, allow};
    unsigned long junk = 0xdeadbeefUL << 32;
    must_fail("seccomp", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program));
    must_fail("a listener", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program));
    must_fail("for all threads", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program));
    must_fail("junk above", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER | junk, 0, &program));
    must_fail("prctl", prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0));
    must_fail("prctl with junk above", syscall(SYS_prctl, PR_SET_SECCOMP | junk, SECCOMP_MODE_FILTER, &program, 0, 0));
    if (prctl(PR_GET_SECCOMP) != SECCOMP_MODE_FILTER) puts("ESCAPED: there is no filter");
    // Back to no filter at all is not a mode.
    if (prctl(PR_SET_SECCOMP, 0, 0, 0, 0) == 0) puts("ESCAPED: the filter is off");
    puts("stopped");
}
