// Crashes, with more memory in use by all its processes than a stack may take, but not in one: no stack has overflowed.
// expect: signaled SIGSEGV
// limit: stack=32MiB memory=256MiB
#include <stdlib.h>
#include <unistd.h>

int main(void) {
    int ends[2];
    char byte;
    if (pipe(ends)) return 1;
    for (int i = 0; i < 4; i++)
        if (!fork()) {
            volatile char *at = malloc(16 << 20);
            for (int at_byte = 0; at_byte < 16 << 20; at_byte += 4096) at[at_byte] = 1;
            write(ends[1], "!", 1);
            for (;;) pause();
        }
    for (int i = 0; i < 4; i++) read(ends[0], &byte, 1);
    *(volatile int *)0 = 1;
}
