// Takes as much of what the kernel counts per user id as any program may have.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    for (int n = 0; n < 50; n++)
        if (inotify_init() < 0) printf("ESCAPED only %d watches: %s\n", n, strerror(errno)), n = 50;
    for (int n = 0; n < 400; n++)
        if (timer_create(CLOCK_MONOTONIC, &event, &timer)) printf("ESCAPED only %d timers: %s\n", n, strerror(errno)), n = 400;
    for (int n = 0; n < 400; n++)
        if (sigqueue(getpid(), SIGRTMIN, (union sigval){0})) printf("ESCAPED only %d signals: %s\n", n, strerror(errno)), n = 400;
    for (int n = 0; n < 20; n++) {
        int ends[2];
        if (pipe(ends) || fcntl(ends[1], F_SETPIPE_SZ, 1 << 20) < 0) printf("ESCAPED only %d large pipes: %s\n", n, strerror(errno)), n = 20;
    }
    puts("stopped");
}
