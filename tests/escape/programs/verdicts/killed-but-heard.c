// Prints its last words with no line end and is killed for its memory: nothing is lost and nothing is added.
// expect: memory_exceeded
// limit: memory=24MiB
// needs: memory limit
// otherwise: exited 1
#include <stdlib.h>
#include <unistd.h>

int main(void) {
    write(1, "stopped", 7);
    for (;;) {
        volatile char *at = malloc(1 << 20);
        if (!at) return 1;
        for (int i = 0; i < 1 << 20; i += 4096) at[i] = 1;
    }
}
