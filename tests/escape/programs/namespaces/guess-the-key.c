// Guesses the key that lets the launcher's calls through: small numbers, patterns, what is at hand, and many at random.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// unshare of nothing does nothing, and tells whether the filter lets it through.
static long tried;
static void attempt(unsigned long key) {
    tried++;
    if (!syscall(SYS_unshare, 0, 0, 0, 0, 0, key) || errno != EPERM) _exit(dprintf(1, "ESCAPED with the key %#lx: %s\n", key, strerror(errno)));
}

int main(void) {
    for (unsigned long n = 0; n < 20000; n++) attempt(n), attempt(-n);
    for (int a = 0; a < 64; a++)
        for (int b = 0; b < 64; b++) attempt(1ul << a | 1ul << b), attempt(~(1ul << a | 1ul << b)), attempt((1ul << a) - (1ul << b));
    for (unsigned long byte = 0; byte < 256; byte++) attempt(byte * 0x0101010101010101), attempt(byte << 56);
    attempt(time(0)), attempt(getpid()), attempt(getuid()), attempt((unsigned long)main), attempt(0xdeadbeefdeadbeef), attempt(0x0123456789abcdef);
    unsigned long *random = (unsigned long *)getauxval(AT_RANDOM);
    attempt(random[0]), attempt(random[1]), attempt(random[0] ^ random[1]);
    for (unsigned long type = 0; type < 64; type++) attempt(getauxval(type));
    unsigned long keys[512];
    int fd = open("/dev/urandom", O_RDONLY);
    for (int round = 0; round < 100; round++) {
        read(fd, keys, sizeof keys);
        for (int i = 0; i < 512; i++) attempt(keys[i]);
    }
    printf("stopped after %ld keys\n", tried);
}
