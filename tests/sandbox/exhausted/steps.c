// Each look at the clock finds it an hour further on, or an hour further back. How often each clock was asked for stands in a file.
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static volatile long *count;
__attribute__((constructor)) static void start(void) {
    int fd = open(COUNTS, O_RDWR);
    count = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
}
int clock_gettime(clockid_t clock, struct timespec *now) {
    static long steps;
    int result = syscall(SYS_clock_gettime, clock, now);
    int real = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
    if (count != MAP_FAILED && count) __sync_fetch_and_add(&count[real], 1);
    if (real) now->tv_sec += ++steps % 2 ? 3600 : -3600;
    return result;
}
time_t time(time_t *to) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (to) *to = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval *restrict to, void *restrict zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    to->tv_sec = now.tv_sec;
    to->tv_usec = now.tv_nsec / 1000;
    return 0;
}
