// The old way out of a root: a chroot below the present folder, then up and up.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    struct stat before, after;
    stat("/", &before);
    int top = open("/", O_RDONLY | O_DIRECTORY);
    mkdir("/work/inner", 0755);
    if (chroot("/work/inner") == 0 || errno != EPERM) printf("ESCAPED: chroot, errno %d\n", errno);
    if (syscall(SYS_pivot_root, "/work", "/work/inner") == 0 || errno != EPERM) printf("ESCAPED: pivot_root, errno %d\n", errno);
    if (fchdir(top) != 0) return 1;
    for (int i = 0; i < 100; i++)
        if (chdir("..") != 0) return 1;
    if (chroot(".") == 0) puts("ESCAPED: chroot(.)");
    stat(".", &after);
    if (before.st_dev != after.st_dev || before.st_ino != after.st_ino) puts("ESCAPED: above the root there is more");
    stat("/", &after);
    if (before.st_dev != after.st_dev || before.st_ino != after.st_ino) puts("ESCAPED: the root is another");
    puts("stopped: EPERM");
}
