// Fills memory files, which are in no file system that has a size.
// expect: memory_exceeded
// limit: memory=24MiB open_files=100 file_size=1MiB
// needs: memory limit
// otherwise: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
    static char block[1 << 20];
    int files = 0;
    memset(block, 1, sizeof block);
    for (;; files++) {
        int fd = memfd_create("x", 0);
        if (fd < 0 || write(fd, block, sizeof block) != sizeof block) break;
    }
    printf(files > 97 ? "ESCAPED %d files\n" : "stopped: %d files: %s\n", files, strerror(errno));
}
