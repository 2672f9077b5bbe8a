// Asks prctl for what harms others or needs a privilege: the kernel's own I/O, how it handles broken memory, capabilities.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static void must_fail(const char *what, long result) {
    printf("%s%s: %s\n", result == -1 && (errno == EPERM || errno == EINVAL) ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    must_fail("PR_SET_IO_FLUSHER", prctl(57, 1, 0, 0, 0));
    must_fail("PR_MCE_KILL", prctl(33, 9, 0, 0, 0));
    must_fail("PR_CAPBSET_DROP", prctl(PR_CAPBSET_DROP, 0, 0, 0, 0));
    must_fail("PR_SET_SECUREBITS", prctl(PR_SET_SECUREBITS, 0, 0, 0, 0));
    // The timestamp counter can be forbidden to oneself; it must not reach the next program.
    if (prctl(PR_SET_TSC, PR_TSC_SIGSEGV, 0, 0, 0) == 0) prctl(PR_SET_TSC, PR_TSC_ENABLE, 0, 0, 0);
    char name[16] = "";
    prctl(PR_SET_NAME, "init", 0, 0, 0);
    prctl(PR_GET_NAME, name, 0, 0, 0);
    if (strcmp(name, "init")) return 1;
    puts("stopped");
}
