// Burns processor time in as many processes as it may have.
// expect: cpu_time_exceeded
// limit: processes=16 cpu_time=500ms wall_time=60s
#include <unistd.h>

int main(void) {
    for (int i = 0; i < 15; i++)
        if (!fork()) break;
    for (volatile long n = 0;; n++) continue;
}
