// Breaks out as from a chroot: a second chroot below, then `..` from a descriptor above it.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    struct stat before, after;
    stat("/", &before);
    int above = open("/", O_RDONLY | O_DIRECTORY);
    mkdir("/work/below", 0755);
    if (!chroot("/work/below") || errno != EPERM) printf("ESCAPED chroot: %s\n", strerror(errno));
    if (!chroot(".") || !chroot("/") || !chroot("/usr") || !chroot("/proc/self/root")) puts("ESCAPED chroot");
    fchdir(above);
    for (int i = 0; i < 100; i++) chdir("..");
    chroot(".");
    stat("/", &after);
    if (before.st_ino != after.st_ino || before.st_dev != after.st_dev) puts("ESCAPED the root is another one");
    stat(".", &after);
    if (before.st_ino != after.st_ino || before.st_dev != after.st_dev) puts("ESCAPED above the root");
    if (!access("etc/shadow", F_OK) || !access("var", F_OK)) puts("ESCAPED the host's files are there");
    puts("stopped");
}
