// Sets every clock back, makes them slow, and sleeps until a time that never comes.
// expect: wall_time_exceeded
// limit: wall_time=500ms
#define _GNU_SOURCE
#include <stdio.h>
#include <sched.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    for (int clock = 0; clock < 16; clock++) {
        struct timespec now;
        struct timex slow = {.modes = ADJ_TICK, .tick = 9000};
        // It is set to what it is, lest this harms a host that allows it.
        if (!clock_gettime(clock, &now) && !clock_settime(clock, &now)) printf("ESCAPED set clock %d\n", clock);
        if (clock_adjtime(clock, &slow) >= 0) printf("ESCAPED slowed clock %d\n", clock);
    }
    struct timeval today;
    gettimeofday(&today, NULL);
    if (!settimeofday(&today, NULL) || !adjtime(&(struct timeval){0, 1}, NULL)) puts("ESCAPED set the time of day");
    if (!unshare(0x80)) puts("ESCAPED has clocks of its own");
    fflush(stdout);
    struct timespec never = {1L << 40, 0};
    for (;;) clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &never, NULL);
}
