// Looks for a descriptor that was left open: a folder, a file or a socket of whoever started it.
// expect: stopped
// stdin: hello
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    struct stat st;
    for (int fd = 3; fd < 1 << 16; fd++)
        if (fcntl(fd, F_GETFD) != -1 || errno != EBADF)
            printf("ESCAPED descriptor %d is open\n", fd);
    for (int fd = 0; fd < 3; fd++) {
        char path[64], target[256] = "";
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        if (fstat(fd, &st) || readlink(path, target, sizeof target - 1) < 0)
            printf("ESCAPED descriptor %d cannot be looked at\n", fd);
        // Input is a memory file or a pipe or /dev/null; output is a pipe.
        if (!S_ISFIFO(st.st_mode) && !(fd == 0 && (S_ISCHR(st.st_mode) || (S_ISREG(st.st_mode) && st.st_nlink == 0))))
            printf("ESCAPED descriptor %d is %s, mode %o\n", fd, target, st.st_mode);
        if (openat(fd, "..", O_PATH) >= 0)
            printf("ESCAPED descriptor %d is a folder\n", fd);
        printf("%d: %s\n", fd, target);
    }
    puts("stopped");
}
