// Has a child take all the memory and die of it, and ends with success itself.
// expect: memory_exceeded
// limit: memory=24MiB
// needs: memory limit
// otherwise: exited 0
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    if (!fork()) {
        for (;;) {
            volatile char *at = malloc(1 << 20);
            if (!at) _exit(1);
            for (int i = 0; i < 1 << 20; i += 4096) at[i] = 1;
        }
    }
    wait(NULL);
    return 0;
}
