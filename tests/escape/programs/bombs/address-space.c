// Takes a thousand times the host's memory, but touches none of it: address space is no memory.
// expect: stopped
// limit: memory=16MiB
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>

int main(void) {
    long taken = 0;
    // Down to small stretches, until nothing is left of the address space or the kernel refuses.
    for (size_t size = 1L << 46; size >= 1L << 30; size /= 2)
        while (taken < 1L << 47 && mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != MAP_FAILED) taken += size;
    printf("stopped: %ld GiB, all untouched\n", taken >> 30);
}
