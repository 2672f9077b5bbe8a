// Fills the working directory, which its compiler has used before it, by every way to lengthen a file: write, fallocate and splice.
// expect: disk_exceeded
// limit: disk=4MiB
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

int main(void) {
    static char block[65536];
    signal(SIGXFSZ, SIG_IGN);
    memset(block, 1, sizeof block);
    for (int way = 0; way < 3; way++) {
        int from = open("/usr/bin/env", O_RDONLY), to = open("f", O_CREAT | O_TRUNC | O_RDWR, 0600), ends[2];
        loff_t begin = 0, at = 0;
        if (pipe(ends)) return 1;
        for (int i = 0; i < 4096; i++) {
            begin = 0;
            if (way == 0 && write(to, block, sizeof block) <= 0) break;
            if (way == 1 && fallocate(to, i % 2 ? 0 : FALLOC_FL_KEEP_SIZE, i * 65536L, 65536)) break;
            if (way == 2 && (splice(from, &begin, ends[1], NULL, 16384, 0) <= 0 || splice(ends[0], NULL, to, &at, 16384, 0) <= 0)) break;
        }
        struct statvfs disk;
        int error = errno;
        statvfs("/work", &disk);
        unsigned long used = (disk.f_blocks - disk.f_bfree) * disk.f_bsize;
        printf("way %d: %lu KiB, %s\n", way, used >> 10, strerror(error));
        if (used > 4 << 20 || error != ENOSPC) printf("ESCAPED way %d\n", way);
    }
    // It is full now, and the program fails for it.
    return 1;
}
