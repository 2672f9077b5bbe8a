// Takes memory from the heap and writes to it, for ever.
// expect: memory_exceeded
// limit: memory=32MiB
// needs: memory limit
// otherwise: exited 1
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    for (int taken = 1;; taken++) {
        char *block = malloc(1 << 20);
        if (!block) return 1;
        memset(block, 1, 1 << 20);
        if (taken > 64) printf("ESCAPED %d MiB\n", taken), fflush(stdout);
    }
}
