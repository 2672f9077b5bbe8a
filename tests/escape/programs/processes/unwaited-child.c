// Uses processor time in short-lived children of a parent that ignores their ends, so that nobody adds it up.
// expect: cpu_time_exceeded
// limit: cpu_time=300ms wall_time=6s
// needs: processor time
// otherwise: cpu_time_exceeded or wall_time_exceeded
#define _GNU_SOURCE
#include <signal.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        if (!fork()) {
            while (clock() < CLOCKS_PER_SEC / 100) {}
            _exit(0);
        }
        usleep(1000);
    }
}
