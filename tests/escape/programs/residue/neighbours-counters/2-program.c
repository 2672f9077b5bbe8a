// Runs beside a program that uses up, as does this one, what the kernel counts per user id: pending signals and pages of pipes.
// expect: stopped
// needs: user ids
// otherwise: stopped or exited 1
// arg: second
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    sigset_t all;
    int signals = 0, pipes = 0, ends[2];
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    while (!sigqueue(getpid(), SIGRTMIN, (union sigval){0})) signals++;
    while (pipes < 50 && !pipe(ends) && fcntl(ends[1], F_SETPIPE_SZ, 1 << 20) > 0) pipes++;
    usleep(800000);
    printf("%d signals, %d pipes\n", signals, pipes);
    // RLIMIT_SIGPENDING is 1024; the half would show that two share one count.
    if (signals < 1000 || pipes < 40) return 1;
    puts("stopped");
}
