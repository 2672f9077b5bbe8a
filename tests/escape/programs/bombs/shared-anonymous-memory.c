// Takes shared anonymous memory, which is a file without a name and nobody's heap.
// expect: memory_exceeded
// limit: memory=24MiB
// needs: memory limit
// otherwise: exited 0
// Without a cgroup nothing counts this: the program then ends by itself.
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

int main(void) {
    for (int taken = 1; taken <= 96; taken++) {
        void *at = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (at == MAP_FAILED) return 1;
        memset(at, 1, 1 << 20);
    }
    puts("96 MiB were not refused");
}
