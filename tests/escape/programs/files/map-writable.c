// Maps the host's programs shared and writable, at once or by mprotect afterwards, and writes to them.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
    const char *files[] = {"/usr/bin/env", "/etc/hostname", "/proc/self/exe", "/usr/lib/os-release"};
    for (int i = 0; i < 4; i++) {
        char before[8], after[8];
        int fd = open(files[i], O_RDONLY);
        if (fd < 0 || pread(fd, before, 8, 0) != 8) return printf("cannot read %s\n", files[i]), 1;
        if (open(files[i], O_RDWR) >= 0) printf("ESCAPED %s opens for writing\n", files[i]);
        if (mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) != MAP_FAILED) printf("ESCAPED %s is mapped writable\n", files[i]);
        char *map = mmap(0, 4096, PROT_READ, MAP_SHARED, fd, 0);
        if (map == MAP_FAILED) return printf("cannot map %s\n", files[i]), 1;
        if (!mprotect(map, 4096, PROT_READ | PROT_WRITE)) printf("ESCAPED %s becomes writable\n", files[i]);
        if (!pkey_mprotect(map, 4096, PROT_READ | PROT_WRITE, -1)) printf("ESCAPED %s becomes writable by its key\n", files[i]);
        // A page of our own may be written, and must stay our own.
        char *own = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
        memcpy(own, "ESCAPED!", 8);
        msync(own, 4096, MS_SYNC | MS_INVALIDATE);
        if (pread(fd, after, 8, 0) != 8 || memcmp(before, after, 8) || memcmp(before, map, 8)) printf("ESCAPED %s was changed\n", files[i]);
    }
    puts("stopped");
}
