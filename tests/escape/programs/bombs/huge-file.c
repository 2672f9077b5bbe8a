// Makes a file far larger than it may be, all of it a hole, by every way there is, deaf to the signal that says no.
// expect: stopped
// limit: file_size=1MiB
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    signal(SIGXFSZ, SIG_IGN);
    if (!setrlimit(RLIMIT_FSIZE, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY})) puts("ESCAPED the limit was raised");
    int fds[] = {open("/work/f", O_CREAT | O_RDWR, 0600), open("/tmp/f", O_CREAT | O_RDWR, 0600), memfd_create("f", 0)};
    for (int i = 0; i < 3; i++)
        for (long at = (1 << 20) + 1; at > 0 && at < 1L << 62; at *= 8) {
            struct stat file;
            if (!ftruncate(fds[i], at)) printf("ESCAPED ftruncate %ld\n", at);
            if (pwrite(fds[i], "x", 1, at) > 0) printf("ESCAPED pwrite %ld\n", at);
            if (!fallocate(fds[i], 0, at, 1)) printf("ESCAPED fallocate %ld\n", at);
            lseek(fds[i], at, SEEK_SET);
            if (write(fds[i], "x", 1) > 0) printf("ESCAPED write %ld\n", at);
            if (fstat(fds[i], &file) || file.st_size > 1 << 20) printf("ESCAPED file %d has %ld bytes\n", i, (long)file.st_size);
        }
    printf("stopped: %s\n", strerror(errno));
}
