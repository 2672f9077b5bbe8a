// Fills pipes that it has made as large as they may be.
// expect: memory_exceeded
// limit: memory=16MiB
// needs: memory limit
// otherwise: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void) {
    static char block[65536];
    long held = 0;
    for (int ends[2]; !pipe2(ends, O_NONBLOCK);) {
        for (int size = 1 << 20; size > 4096 && fcntl(ends[1], F_SETPIPE_SZ, size) < 0;) size /= 2;
        for (ssize_t n; (n = write(ends[1], block, sizeof block)) > 0;) held += n;
    }
    // The kernel's own bound for a user without rights is 64 MiB (pipe-user-pages-soft), and two pages for each pipe above that.
    if (held > 72 << 20) printf("ESCAPED %ld MiB\n", held >> 20);
    printf("stopped: %ld KiB, %s\n", held >> 10, strerror(errno));
}
