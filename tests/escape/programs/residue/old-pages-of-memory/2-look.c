// Searches fresh memory of every kind for the last program's mark: heap, shared memory, files that were only lengthened, pipes, stack.
// expect: stopped
// limit: memory=128MiB
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void search(const char *what, void *at, size_t bytes) {
    for (unsigned long *word = at; (char *)(word + 1) <= (char *)at + bytes; word++)
        if (*word == (0x5ec2e7a1d00dfeedUL ^ 0x1111111111111111UL)) {
            printf("ESCAPED %s has the last program's memory\n", what);
            return;
        }
}

int main(void) {
    size_t size = 16 << 20;
    // MAP_UNINITIALIZED is for machines without memory protection.
    for (int uninitialized = 0; uninitialized < 2; uninitialized++) {
        int flags = MAP_ANONYMOUS | (uninitialized ? 0x4000000 : 0);
        void *own = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | flags, -1, 0);
        search("private memory", own, size);
        void *shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | flags, -1, 0);
        search("shared memory", shared, size);
        munmap(own, size);
        munmap(shared, size);
    }
    for (size_t block = 64; block < size; block *= 8) search("the heap", malloc(block), block);
    search("the break", sbrk(1 << 20), 1 << 20);
    const char *names[] = {"/work/filled", "/tmp/filled", "/dev/shm/filled"};
    for (int i = 0; i < 3; i++) {
        int fd = open(names[i], O_CREAT | O_RDWR, 0666), fallocated = i == 1;
        if (fallocated ? posix_fallocate(fd, 0, size) : ftruncate(fd, size)) return perror(names[i]), 1;
        search(names[i], mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), size);
        unlink(names[i]);
    }
    int fd = memfd_create("x", 0);
    if (ftruncate(fd, size)) return 1;
    search("a memory file", mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0), size);
    volatile char stack[1 << 20];
    search("the stack", (void *)stack, sizeof stack);
    puts("stopped");
}
