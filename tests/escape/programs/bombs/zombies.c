// Leaves its dead children unreaped: each keeps its number.
// expect: processes_exceeded
// limit: processes=16
// needs: process limit
// otherwise: exited 1
#include <stdio.h>
#include <unistd.h>

int main(void) {
    int children = 0;
    for (pid_t pid; children < 1000 && (pid = fork()) >= 0; children++)
        if (!pid) _exit(0);
    printf(children > 15 ? "ESCAPED %d zombies\n" : "%d zombies\n", children);
    return 1;
}
