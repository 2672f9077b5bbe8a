// Forks for ever, in every process that comes of it.
// expect: cpu_time_exceeded
// limit: processes=16 cpu_time=300ms wall_time=60s
#include <unistd.h>

int main(void) {
    for (;;) fork();
}
