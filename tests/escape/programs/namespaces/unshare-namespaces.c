// Moves itself into new namespaces of every kind by unshare, the time namespace among them.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void) {
    struct { const char *file; int flag; } kinds[] = {{"user", CLONE_NEWUSER}, {"mnt", CLONE_NEWNS}, {"pid_for_children", CLONE_NEWPID}, {"net", CLONE_NEWNET},
        {"ipc", CLONE_NEWIPC}, {"uts", CLONE_NEWUTS}, {"cgroup", CLONE_NEWCGROUP}, {"time_for_children", 0x80}};
    for (int i = 0; i < 8; i++) {
        char path[64], before[64] = "", after[64] = "";
        snprintf(path, sizeof path, "/proc/self/ns/%s", kinds[i].file);
        ssize_t seen = readlink(path, before, 63);
        int more[] = {0, CLONE_NEWUSER, CLONE_FS, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID};
        for (int m = 0; m < 4; m++)
            if (!unshare(kinds[i].flag | more[m]) || errno != EPERM) printf("ESCAPED %s: %s\n", kinds[i].file, strerror(errno));
        readlink(path, after, 63);
        if (seen > 0 && strcmp(before, after)) printf("ESCAPED %s became %s\n", before, after);
    }
    if (!geteuid()) puts("ESCAPED it is root");
    puts("stopped: EPERM");
}
