// Burns processor time in many threads, while the first one sleeps.
// expect: cpu_time_exceeded
// limit: cpu_time=400ms wall_time=60s
#include <pthread.h>
#include <unistd.h>

static void *burn(void *nothing) {
    for (volatile long n = 0;; n++) continue;
    return nothing;
}

int main(void) {
    pthread_t thread;
    for (int i = 0; i < 8; i++) pthread_create(&thread, NULL, burn, NULL);
    for (;;) pause();
}
