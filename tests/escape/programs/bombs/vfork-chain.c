// Makes a chain of processes by vfork, each of which waits for the next, until there are no more to be had.
// expect: processes_exceeded
// limit: processes=16
// needs: process limit
// otherwise: exited 1
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void) {
    volatile int alive = 1;
    while (alive < 1000) {
        pid_t pid = vfork();
        if (pid < 0) break;
        if (pid > 0) _exit(1);
        alive++;
    }
    // The last child tells how many there are at once.
    dprintf(1, alive > 16 ? "ESCAPED %d processes\n" : "%d processes\n", alive);
    _exit(1);
}
