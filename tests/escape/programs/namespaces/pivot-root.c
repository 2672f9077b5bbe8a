// Changes the root of all processes by pivot_root, to get at the old one below it.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    const char *pairs[][2] = {{".", "."}, {"/", "/"}, {"/work", "/work/old"}, {"/tmp", "/tmp"}, {"/usr", "/usr/lib"}, {"/work/nowhere", "/work"}};
    struct stat before, after;
    stat("/", &before);
    mkdir("/work/old", 0755);
    for (int i = 0; i < 6; i++)
        if (!syscall(SYS_pivot_root, pairs[i][0], pairs[i][1]) || errno != EPERM) printf("ESCAPED %s %s: %s\n", pairs[i][0], pairs[i][1], strerror(errno));
    stat("/", &after);
    if (before.st_ino != after.st_ino || before.st_dev != after.st_dev) puts("ESCAPED the root is another one");
    puts("stopped: EPERM");
}
