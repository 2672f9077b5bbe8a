// Raises the limit on its processor time, its own, its parent's and init's, and burns more.
// expect: cpu_time_exceeded
// limit: cpu_time=300ms wall_time=60s
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void) {
    struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY}, now;
    signal(SIGXCPU, SIG_IGN);
    getrlimit(RLIMIT_CPU, &now);
    if (now.rlim_max == RLIM_INFINITY) printf("ESCAPED there is no limit in reserve\n");
    if (!setrlimit(RLIMIT_CPU, &all)) printf("ESCAPED raised its own\n");
    if (!prlimit(getpid(), RLIMIT_CPU, &all, NULL)) printf("ESCAPED raised its own by its number\n");
    if (!prlimit(1, RLIMIT_CPU, &all, NULL)) printf("ESCAPED raised init's\n");
    fflush(stdout);
    for (volatile long n = 0;; n++) continue;
}
