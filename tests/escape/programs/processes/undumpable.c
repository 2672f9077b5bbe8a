// Makes itself undumpable, so that others may not look at it, and uses processor time without end.
// expect: cpu_time_exceeded
// limit: cpu_time=500ms wall_time=60s
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void) {
    if (prctl(PR_SET_DUMPABLE, 0) || prctl(PR_GET_DUMPABLE)) return puts("it is dumpable"), 1;
    prctl(PR_SET_NAME, ") R 1 1 (");   // for whoever reads /proc/<pid>/stat carelessly
    for (;;) {}
}
