// Calls mount and others by their x32 numbers, which a filter of 64-bit numbers may not know.
// expect: signaled SIGSYS

#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main() {
#ifdef __x86_64__
    int numbers[] = {SYS_getpid, SYS_mount, SYS_unshare, 512, 520, 547, 0x3fffffff};
    for (int i = 0; i < 7; i++) {
        int status;
        if (fork() == 0) {
            long got = syscall(0x40000000 + numbers[i], 0, 0, 0, 0, 0);
            printf("ESCAPED: x32 call %d returned %ld\n", numbers[i], got);
            fflush(stdout);
            _exit(0);
        }
        wait(&status);
        if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS) printf("ESCAPED: number %d: status %#x\n", numbers[i], status);
    }
    fflush(stdout);
    syscall(0x40000000 + SYS_getpid);
    puts("ESCAPED: still alive");
#else
    // No such calls on this machine.
    raise(SIGSYS);
#endif
}
