// Has orphans burn a little processor time each and end by themselves.
// expect: cpu_time_exceeded
// limit: cpu_time=400ms wall_time=60s
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    for (;;) {
        if (!fork()) {
            if (fork()) _exit(0);
            while (clock() < CLOCKS_PER_SEC / 50) continue;
            _exit(0);
        }
        wait(NULL);
        usleep(10000);
    }
}
