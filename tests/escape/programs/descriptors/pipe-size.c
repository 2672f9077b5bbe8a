// Blows up the pipes of its output to sizes that would be the server's memory.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main() {
    long ceiling = 1 << 20;
    FILE *file = fopen("/proc/sys/fs/pipe-max-size", "r");
    if (file && fscanf(file, "%ld", &ceiling) != 1) return 1;
    unsigned long sizes[] = {ceiling + 1, ceiling * 2, 1UL << 30, 0x7fffffff, 0x80000000, 0xffffffff, 1UL << 40};
    for (int fd = 1; fd < 3; fd++)
        for (int i = 0; i < 7; i++) {
            int got = fcntl(fd, F_SETPIPE_SZ, sizes[i]);
            // What the kernel cuts off above 32 bits may leave a small size, which is no harm.
            if (fcntl(fd, F_GETPIPE_SZ) > ceiling) printf("ESCAPED: a pipe of %d bytes for %#lx\n", got, sizes[i]);
        }
    int room = 0, two[2];
    // Many pipes as large as they may be: a user's all together have a limit.
    for (int i = 0; i < 100 && pipe(two) == 0; i++) {
        int got = fcntl(two[1], F_SETPIPE_SZ, ceiling);
        if (got > 0) room += got >> 10;
    }
    if (room > 80 << 10) printf("ESCAPED: %d KiB of pipes\n", room);
    fprintf(stderr, "%d KiB\n", room);
    puts("stopped");
}
