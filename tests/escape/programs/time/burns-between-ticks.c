// Burns in slices much shorter than the kernel's tick and sleeps when that comes, to be charged for nothing.
// expect: cpu_time_exceeded
// limit: cpu_time=200ms wall_time=60s
#include <time.h>

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

int main(void) {
    for (;;) {
        for (long end = now() + 300000; now() < end;) continue;
        nanosleep(&(struct timespec){0, 100000}, NULL);
    }
}
