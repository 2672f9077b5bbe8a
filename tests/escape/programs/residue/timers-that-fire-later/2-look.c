// Waits for signals that it has not asked for.
// expect: stopped
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile int met;
static void meet(int number) { met = number; }

int main(void) {
    struct itimerval timer;
    sigset_t pending;
    for (int number = 1; number < 65; number++) signal(number, meet);
    getitimer(ITIMER_REAL, &timer);
    if (timer.it_value.tv_sec || timer.it_value.tv_usec) puts("ESCAPED an alarm is set");
    nanosleep(&(struct timespec){0, 300000000}, NULL);
    sigpending(&pending);
    for (int number = 1; number < 65; number++)
        if (sigismember(&pending, number) == 1) printf("ESCAPED signal %d is pending\n", number);
    if (met) printf("ESCAPED signal %d came\n", met);
    puts("stopped");
}
