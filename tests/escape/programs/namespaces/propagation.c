// Joins the host's mounts by propagation (shared, slave), and moves mounts to where they uncover something.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    unsigned long kinds[] = {MS_SHARED, MS_SLAVE, MS_PRIVATE, MS_UNBINDABLE};
    const char *places[] = {"/", "/usr", "/proc", "/work", "/tmp"};
    mkdir("/work/m", 0755);
    for (int p = 0; p < 5; p++) {
        for (int k = 0; k < 4; k++)
            if (!mount(0, places[p], 0, kinds[k], 0) || errno != EPERM || !mount(0, places[p], 0, kinds[k] | MS_REC, 0) || errno != EPERM)
                printf("ESCAPED %s: %s\n", places[p], strerror(errno));
        if (!mount(places[p], "/work/m", 0, MS_MOVE, 0) || errno != EPERM) printf("ESCAPED %s moves: %s\n", places[p], strerror(errno));
    }
    // What was set by whoever built this must not tie it to the host's mounts either.
    char line[4096];
    FILE *file = fopen("/proc/self/mountinfo", "r");
    while (fgets(line, sizeof line, file))
        if (strstr(line, " shared:") || strstr(line, " master:") || strstr(line, " propagate_from:")) printf("ESCAPED %s", line);
    puts("stopped: EPERM");
}
