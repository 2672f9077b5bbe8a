// Fills POSIX shared memory and unlinks it, so that no name is left to count by.
// expect: memory_exceeded
// limit: memory=24MiB disk=64MiB
// needs: memory limit
// otherwise: exited 1
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
    for (int i = 0; i < 200; i++) {
        int fd = shm_open("/x", O_CREAT | O_RDWR, 0600);
        // posix_fallocate tells of a full file system, where touching the page would end the program.
        if (fd < 0 || posix_fallocate(fd, 0, 1 << 20)) exit(1);
        memset(mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), 1, 1 << 20);
        shm_unlink("/x");
        close(fd);
    }
    puts("ESCAPED 200 MiB");
}
