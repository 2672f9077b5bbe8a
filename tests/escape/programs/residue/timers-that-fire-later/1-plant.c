// Leaves timers, alarms, death signals and signals on input, which are to meet the next program.
// expect: stopped
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    struct itimerval soon = {.it_interval = {0, 50000}, .it_value = {0, 50000}};
    struct itimerspec soon_too = {.it_interval = {0, 50000000}, .it_value = {0, 50000000}};
    for (int kind = 1; kind < 65; kind++) signal(kind, SIG_IGN);
    setitimer(ITIMER_REAL, &soon, NULL);
    for (int kind = 1; kind < 65; kind++) {
        timer_t timer;
        struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = kind};
        if (!timer_create(CLOCK_MONOTONIC, &event, &timer)) timer_settime(timer, 0, &soon_too, NULL);
    }
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    int fd = timerfd_create(CLOCK_REALTIME, 0), ends[2];
    timerfd_settime(fd, 0, &soon_too, NULL);
    if (pipe(ends)) return 1;
    // The next program's number, most likely, is this one's.
    fcntl(ends[0], F_SETOWN, getpid());
    fcntl(ends[0], F_SETFL, O_ASYNC);
    if (!fork()) {
        setsid();
        for (;;) usleep(10000), write(ends[1], "x", 1), kill(-1, SIGUSR1);
    }
    puts("stopped: planted");
}
