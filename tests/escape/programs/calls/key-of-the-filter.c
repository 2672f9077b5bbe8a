// Guesses the launcher's key to its own filter from every word that the kernel left in this program's memory at its start.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>

static long tried;

static void try(unsigned long key) {
    tried++;
    if (syscall(SYS_unshare, CLONE_NEWUSER, 0, 0, 0, 0, key) != -1 || errno != EPERM) printf("ESCAPED: by the key %lx, errno %d\n", key, errno);
}

int main(int argc, char **argv) {
    // From argc up to the very end of the stack: arguments, environment, vectors, random bytes, names.
    unsigned char *at = (unsigned char *)(argv - 1), *end = (unsigned char *)getauxval(AT_EXECFN);
    while (*end) end++;
    for (; at < end; at++) try(*(unsigned long *)at);
    unsigned long *random = (unsigned long *)getauxval(AT_RANDOM);
    try(random[0]), try(random[1]), try(random[0] ^ random[1]);
    for (unsigned long key = 0; key < 1000; key++) try(key), try(-key), try(key << 32), try(key << 32 | key);
    printf("stopped: %ld guesses\n", tried);
}
