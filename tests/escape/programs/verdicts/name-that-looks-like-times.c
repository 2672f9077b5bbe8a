// Takes a name that reads like the rest of its line in /proc: no time used, nothing running.
// expect: cpu_time_exceeded
// limit: cpu_time=300ms wall_time=60s
#include <sys/prctl.h>
#include <unistd.h>

int main(void) {
    prctl(PR_SET_NAME, ") Z 1 0 0 0 0 (");
    if (!fork()) prctl(PR_SET_NAME, "\n) S 1 1\n");
    for (volatile long n = 0;; n++) continue;
}
