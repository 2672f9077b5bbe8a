// Makes calls with negative numbers, which a careless table would be read before its beginning for.
// expect: signaled SIGSYS

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main() {
    long numbers[] = {-1, -2, -100, -0x7fffffffL - 1, -0x40000000L, 0xffffffffL, 0x80000000L, 0x7fffffffL};
    for (int i = 0; i < 8; i++) {
        int status;
        if (fork() == 0) _exit(syscall(numbers[i], 0, 0, 0, 0) == -1 ? 3 : 4);
        wait(&status);
        if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS) printf("ESCAPED: number %ld: status %#x\n", numbers[i], status);
    }
    fflush(stdout);
    syscall(-1);
    puts("ESCAPED: still alive");
}
