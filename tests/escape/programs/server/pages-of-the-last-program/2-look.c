// Looks for the last program's mark in all the memory that it can get.
// expect: stopped

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

static void look(const char *what, char *from, size_t size) {
    char *found = memmem(from, size, "RESIDUE", 7);
    if (found) printf("ESCAPED: %.8s in %s\n", found, what);
    for (size_t i = 0; i < size; i++)
        if (from[i]) {
            printf("ESCAPED: %02x in %s\n", from[i] & 255, what);
            return;
        }
}

int main() {
    const size_t size = 64 << 20;
    look("memory", mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0), size);
    int file = open("/work/file2", O_CREAT | O_RDWR, 0600);
    if (posix_fallocate(file, 0, size / 4) != 0) return 1;
    look("a file", mmap(0, size / 4, PROT_READ, MAP_SHARED, file, 0), size / 4);
    if (shmget(77, 1, 0600) >= 0) puts("ESCAPED: the segment is still there");
    if (access("/work/file", F_OK) == 0 || access("/dev/shm/file", F_OK) == 0) puts("ESCAPED: the files are still there");
    look("a segment", shmat(shmget(IPC_PRIVATE, size / 8, 0600), 0, 0), size / 8);
    puts("stopped");
}
