// Calls the kernel by the gate of 32-bit programs, where 21 is mount and 310 is unshare.
// expect: signaled SIGSYS or signaled SIGSEGV

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main() {
#ifdef __x86_64__
    int numbers[] = {20, 21, 310, 26, 117, 0};
    for (int i = 0; i < 6; i++) {
        int status, got = numbers[i];
        if (fork() == 0) {
            __asm__ volatile("int $0x80" : "+a"(got) : "b"(0), "c"(0), "d"(0) : "memory");
            printf("ESCAPED: 32-bit call %d returned %d\n", numbers[i], got);
            fflush(stdout);
            _exit(0);
        }
        wait(&status);
        if (!WIFSIGNALED(status)) printf("ESCAPED: number %d: status %#x\n", numbers[i], status);
    }
    fflush(stdout);
    int got = 20;
    __asm__ volatile("int $0x80" : "+a"(got));
    printf("ESCAPED: getpid is %d\n", got);
#else
    // No such gate on this machine.
    raise(SIGSYS);
#endif
}
