// Ends its first thread, so that it looks dead, while another one burns on.
// expect: cpu_time_exceeded
// limit: cpu_time=300ms wall_time=60s
#include <pthread.h>

static void *burn(void *nothing) {
    for (volatile long n = 0;; n++) continue;
    return nothing;
}

int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, burn, NULL);
    pthread_exit(NULL);
}
