// Grows files of the writable folders in each way and looks for bytes that another program left in their pages.
// expect: stopped

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void look(const char *what, int file, long from, long to) {
    static unsigned char data[1 << 20];
    for (long at = from, got; at < to; at += got) {
        got = pread(file, data, sizeof data, at);
        if (got <= 0) return;
        for (long i = 0; i < got; i++)
            if (data[i]) {
                printf("ESCAPED: %02x in %s\n", data[i], what);
                return;
            }
    }
    unsigned char *mapped = mmap(0, to, PROT_READ, MAP_SHARED, file, 0);
    // To the end of the last page, which is beyond the end of the file.
    for (long i = from; i < ((to + 4095) & -4096L); i++)
        if (mapped[i]) {
            printf("ESCAPED: %02x mapped in %s\n", mapped[i], what);
            break;
        }
    munmap(mapped, to);
}

int main() {
    const char *paths[] = {"/work/file", "/tmp/file", "/dev/shm/file"};
    for (int i = 0; i < 3; i++) {
        int file = open(paths[i], O_CREAT | O_RDWR, 0600);
        if (write(file, "0123456789", 10) != 10 || ftruncate(file, 3000001) != 0) return 1;
        look("a grown file", file, 10, 3000001);
        if (fallocate(file, 0, 0, 4000001) != 0) return 1;
        look("reserved space", file, 10, 4000001);
        // Full of text, cut, grown again: the text must not come back.
        char text[4096];
        memset(text, 'x', sizeof text);
        for (int n = 0; n < 500; n++)
            if (pwrite(file, text, sizeof text, n * 4096L) != 4096) return 1;
        if (ftruncate(file, 10) != 0 || ftruncate(file, 2000000) != 0) return 1;
        look("a file cut and grown", file, 10, 2000000);
        if (fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 1 << 20) != 0) return 1;
        look("a hole", file, 0, 1 << 20);
        unlink(paths[i]), close(file);
    }
    puts("stopped: zeros");
}
