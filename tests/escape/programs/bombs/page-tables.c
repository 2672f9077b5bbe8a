// Touches one page in each stretch of a huge address space: the tables that the kernel needs for it are memory, too.
// expect: memory_exceeded
// limit: memory=24MiB
// needs: memory limit
// otherwise: exited 0
// Without a cgroup nothing counts this: the program then ends by itself.
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>

int main(void) {
    int touched = 0;
    // A shared page for all, so that nearly all memory is the tables: 4 KiB for each 2 MiB.
    for (long stretch = 0; stretch < 32; stretch++) {
        size_t size = 1L << 30;
        volatile char *at = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (at == MAP_FAILED) break;
        madvise((void *)at, size, MADV_NOHUGEPAGE);
        for (size_t i = 0; i < size; i += 2 << 20) touched += at[i] == 0;
    }
    printf("%d tables were not refused\n", touched);
}
