// Fills memory of every kind with a mark and ends, so that the next program gets pages with old content.
// expect: stopped
// limit: memory=128MiB
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void fill(void *at, size_t bytes) {
    // The mark is not in the binary, so that nobody finds it there.
    for (unsigned long *word = at; (char *)word < (char *)at + bytes; word++) *word = 0x5ec2e7a1d00dfeedUL ^ 0x1111111111111111UL;
}

int main(void) {
    size_t size = 16 << 20;
    fill(mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), size);
    fill(mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), size);
    fill(malloc(size), size);
    const char *names[] = {"/work/filled", "/tmp/filled", "/dev/shm/filled"};
    for (int i = 0; i < 3; i++) {
        int fd = open(names[i], O_CREAT | O_RDWR, 0666);
        void *at = ftruncate(fd, size) ? MAP_FAILED : mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (at == MAP_FAILED) return perror(names[i]), 1;
        fill(at, size);
    }
    int ends[2];
    char page[4096];
    fill(page, sizeof page);
    if (pipe(ends)) return 1;
    for (int i = 0; i < 16; i++) write(ends[1], page, sizeof page);
    puts("stopped: planted");
}
