// Uses up what the kernel counts per user id and leaves a daemon that holds it: watches, pending signals, timers, pages of pipes.
// expect: stopped
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    int told[2];
    char byte;
    if (pipe(told)) return 1;
    if (!fork()) {
        sigset_t all;
        sigfillset(&all);
        sigprocmask(SIG_SETMASK, &all, NULL);
        int watches = 0, signals = 0, timers = 0, pipes = 0, ends[2];
        timer_t timer;
        struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
        while (watches < 100 && inotify_init() >= 0) watches++;
        while (timers < 500 && !timer_create(CLOCK_MONOTONIC, &event, &timer)) timers++;
        while (!sigqueue(getpid(), SIGRTMIN, (union sigval){0})) signals++;
        while (!pipe(ends)) pipes += fcntl(ends[1], F_SETPIPE_SZ, 1 << 20) > 0;
        printf("%d watches, %d timers, %d signals, %d large pipes\n", watches, timers, signals, pipes);
        fflush(stdout);
        write(told[1], signals + timers > 500 && pipes > 10 ? "!" : "?", 1);
        for (;;) pause();
    }
    puts(read(told[0], &byte, 1) == 1 && byte == '!' ? "stopped: planted" : "the daemon failed");
}
