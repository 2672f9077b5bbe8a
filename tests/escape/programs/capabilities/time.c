// Sets the host's clock, to the second that it has anyway, by each call, and asks to be woken from the host's sleep.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

static void must_fail(const char *what, long result) {
    // EOPNOTSUPP: a machine without a clock that could wake it.
    int denied = result == -1 && (errno == EPERM || errno == EOPNOTSUPP);
    printf("%s%s: %s\n", denied ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    struct timeval now;
    struct timespec precise;
    gettimeofday(&now, 0), clock_gettime(CLOCK_REALTIME, &precise);
    must_fail("settimeofday", syscall(SYS_settimeofday, &now, 0));
    must_fail("the time zone", syscall(SYS_settimeofday, 0, (int[]){0, 0}));
    must_fail("clock_settime", syscall(SYS_clock_settime, CLOCK_REALTIME, &precise));
    struct timex none = {.modes = ADJ_TICK, .tick = 10000};
    must_fail("adjtimex", syscall(SYS_adjtimex, &none));
    must_fail("clock_adjtime", syscall(SYS_clock_adjtime, CLOCK_REALTIME, &none));
    timer_t timer;
    must_fail("an alarm's timer", timer_create(CLOCK_REALTIME_ALARM, &(struct sigevent){.sigev_notify = SIGEV_NONE}, &timer));
    must_fail("an alarm's descriptor", timerfd_create(CLOCK_BOOTTIME_ALARM, 0));
    if (open("/dev/rtc0", O_RDONLY) >= 0 || open("/dev/rtc", O_RDONLY) >= 0) puts("ESCAPED: the hardware's clock is there");
    puts("stopped");
}
