// Makes timers and queues signals until it is refused: both are memory of the kernel, counted per user.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    int timers = 0, signals = 0, ends[2];
    timer_t timer;
    sigset_t all;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    if (!setrlimit(RLIMIT_SIGPENDING, &(struct rlimit){100000, 100000})) puts("ESCAPED the limit was raised");
    while (timers < 500 && !timer_create(CLOCK_MONOTONIC, &event, &timer)) timers++;
    while (signals < 5000 && !sigqueue(getpid(), SIGRTMIN + signals % 20, (union sigval){0})) signals++;
    int no_signal = errno;
    // The limit is the user's, not the process's.
    if (pipe(ends)) return 1;
    if (!fork()) {
        int more = 0;
        while (more < 5000 && !sigqueue(getpid(), SIGRTMIN, (union sigval){0})) more++;
        return write(ends[1], &more, sizeof more) < 0;
    }
    int more = 0;
    if (read(ends[0], &more, sizeof more) < 0) return 1;
    if (timers + signals + more > 1024) printf("ESCAPED %d timers, %d and %d signals\n", timers, signals, more);
    printf("stopped: %d timers, %d and %d signals: %s\n", timers, signals, more, strerror(no_signal));
}
