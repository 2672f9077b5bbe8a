// Takes memory in many processes, none of which has much.
// expect: memory_exceeded
// limit: memory=32MiB processes=16
// needs: memory limit
// otherwise: stopped
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void) {
    for (int i = 0; i < 12; i++)
        if (!fork()) {
            for (volatile char *at = malloc(8 << 20), *end = at + (8 << 20); at < end; at += 4096) *at = 1;
            for (;;) pause();
        }
    // Together they may have a third of what they take; without a cgroup the limit is each process's own.
    sleep(2);
    puts("stopped: each had less than its limit");
}
