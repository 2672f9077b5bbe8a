// Makes hard links to the host's files, by path, by descriptor and through /proc/self/fd, to keep or change them.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void) {
    const char *files[] = {"/usr/bin/env", "/usr/bin/su", "/etc/passwd", "/etc/hosts", "/dev/null", "/proc/version", "/bin/sh"};
    for (unsigned i = 0; i < sizeof files / sizeof *files; i++) {
        char by_fd[64];
        int fd = open(files[i], O_PATH);
        snprintf(by_fd, sizeof by_fd, "/proc/self/fd/%d", fd);
        const char *places[] = {"/work/kept", "/tmp/kept", "/dev/shm/kept", "/usr/bin/kept", "/etc/kept"};
        for (unsigned p = 0; p < 5; p++) {
            if (!linkat(AT_FDCWD, files[i], AT_FDCWD, places[p], AT_SYMLINK_FOLLOW)) printf("ESCAPED %s is %s\n", places[p], files[i]);
            if (!linkat(AT_FDCWD, by_fd, AT_FDCWD, places[p], AT_SYMLINK_FOLLOW)) printf("ESCAPED %s is %s\n", places[p], by_fd);
            if (!linkat(fd, "", AT_FDCWD, places[p], AT_EMPTY_PATH)) printf("ESCAPED %s is descriptor %d\n", places[p], fd);
            if (!access(places[p], F_OK)) printf("ESCAPED %s is there\n", places[p]);
        }
        printf("%s: %s\n", files[i], strerror(errno));
    }
    puts("stopped");
}
