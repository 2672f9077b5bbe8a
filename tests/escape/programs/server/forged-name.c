// Names itself so that who reads /proc/N/stat by spaces and brackets finds other numbers there, and computes for ever.
// expect: cpu_time_exceeded
// limit: cpu_time=300ms

#include <pthread.h>
#include <sys/prctl.h>
#include <unistd.h>

static void *compute(void *nothing) {
    prctl(PR_SET_NAME, "\n) S 1 0 0 0 0", 0, 0, 0);
    for (volatile long n = 0;; n++) {}
    return nothing;
}

int main() {
    prctl(PR_SET_NAME, "a) Z 0 0 0 0 0 ", 0, 0, 0);
    pthread_t thread;
    pthread_create(&thread, 0, compute, 0);
    compute(0);
}
