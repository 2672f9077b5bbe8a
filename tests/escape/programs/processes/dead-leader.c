// Lets its first thread end, so that it looks dead, and goes on in another that uses processor time without end.
// expect: cpu_time_exceeded
// limit: cpu_time=500ms wall_time=60s
// compile-arg: -pthread
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *burn(void *unused) {
    for (;;) {}
    return unused;
}

int main(void) {
    pthread_t thread;
    if (pthread_create(&thread, 0, burn, 0)) return puts("no thread"), 1;
    syscall(SYS_exit, 0);
}
