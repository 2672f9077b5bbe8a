// Traces its parent, its child and itself, and reads their memory and descriptors by the calls beside ptrace.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static void must_fail(const char *what, long result) {
    printf("%s%s: %s\n", result == -1 && (errno == EPERM || errno == ENOSYS) ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    static char secret[8] = "secret", stolen[8];
    int child = fork();
    if (child == 0) for (;;) pause();
    int victims[] = {1, child, getpid()};
    struct iovec here = {stolen, 8}, there = {secret, 8};
    for (int i = 0; i < 3; i++) {
        must_fail("attach", ptrace(PTRACE_ATTACH, victims[i], 0, 0));
        must_fail("seize", ptrace(PTRACE_SEIZE, victims[i], 0, 0));
        must_fail("read memory", process_vm_readv(victims[i], &here, 1, &there, 1, 0));
        must_fail("write memory", process_vm_writev(victims[i], &there, 1, &here, 1, 0));
        must_fail("compare", syscall(SYS_kcmp, getpid(), victims[i], 0, 0, 0));
        int pidfd = syscall(SYS_pidfd_open, victims[i], 0);
        must_fail("take a descriptor", syscall(SYS_pidfd_getfd, pidfd, 1, 0));
        must_fail("advise", syscall(SYS_process_madvise, pidfd, &here, 1, 20, 0));
    }
    must_fail("be traced", ptrace(PTRACE_TRACEME, 0, 0, 0));
    if (strcmp(secret, "secret")) puts("ESCAPED: the memory has changed");
    kill(child, SIGKILL), wait(0);
    puts("stopped");
}
