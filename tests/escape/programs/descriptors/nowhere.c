// Walks from each descriptor upwards and sideways: as a folder, by "..", by /proc, by its path, for writing.
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
    for (int fd = 0; fd < 3; fd++) {
        struct stat what;
        char link[40], path[60], target[200] = "";
        fstat(fd, &what);
        sprintf(link, "/proc/self/fd/%d", fd);
        if (readlink(link, target, 199) < 0) return 1;
        printf("%d: %s, mode %o\n", fd, target, what.st_mode);
        if (S_ISDIR(what.st_mode) || S_ISSOCK(what.st_mode) || S_ISBLK(what.st_mode)) printf("ESCAPED: %d is %o\n", fd, what.st_mode);
        const char *up[] = {"..", ".", "etc/shadow", "../etc/shadow"};
        for (int i = 0; i < 4; i++) {
            if (openat(fd, up[i], O_RDONLY) != -1 || errno != ENOTDIR) printf("ESCAPED: %s from %d, errno %d\n", up[i], fd, errno);
            snprintf(path, sizeof path, "%s/%s", link, up[i]);
            if (open(path, O_RDONLY) != -1) printf("ESCAPED: %s\n", path);
        }
        if (fchdir(fd) != -1 || errno != ENOTDIR) printf("ESCAPED: changed into %d\n", fd);
        if (syscall(SYS_execveat, fd, "", (char *[]){"x", 0}, 0, AT_EMPTY_PATH) != -1) printf("ESCAPED: executed %d\n", fd);
        if (linkat(fd, "", AT_FDCWD, "/work/link", AT_EMPTY_PATH) == 0) printf("ESCAPED: linked %d\n", fd);
    }
    puts("stopped");
}
