// Sleeps, while a child in a session of its own burns processor time.
// expect: cpu_time_exceeded
// limit: cpu_time=300ms wall_time=60s
#include <unistd.h>

int main(void) {
    if (fork()) for (;;) pause();
    setsid();
    for (volatile long n = 0;; n++) continue;
}
