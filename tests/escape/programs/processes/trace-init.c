// Traces init, its parent and the lure to read their memory and registers: seize, peek, registers, filter.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    int targets[] = {1, getppid(), @LURE_PID@, 0, getpid()};
    long requests[] = {PTRACE_SEIZE, PTRACE_PEEKDATA, PTRACE_GETREGSET, PTRACE_CONT, PTRACE_DETACH,
                       PTRACE_INTERRUPT, PTRACE_SETOPTIONS, 0x420c /* PTRACE_SECCOMP_GET_FILTER */, 0x420e /* PTRACE_GET_SYSCALL_INFO */};
    for (unsigned t = 0; t < 5; t++)
        for (unsigned r = 0; r < sizeof requests / sizeof *requests; r++) {
            long word = 0;
            // The upper half is junk that the kernel may or may not look at.
            for (long junk = 0; junk < 2; junk++)
                // Seized is not stopped: where this works, nobody is harmed, and it ends here.
                if (syscall(SYS_ptrace, requests[r] | junk << 40, (long)targets[t] | junk << 40, 0, &word) >= 0 || errno != EPERM)
                    return printf("ESCAPED request %#lx of %d: %s\n", requests[r], targets[t], strerror(errno)), 1;
        }
    puts("stopped: EPERM");
}
