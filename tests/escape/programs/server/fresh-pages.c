// Takes new memory in each way there is and looks for bytes that somebody left in it.
// expect: stopped

#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

static long read_pages;

static void look(const char *what, void *from, size_t size) {
    if (from == MAP_FAILED) return;
    for (size_t i = 0; i < size / 8; i++)
        if (((unsigned long *)from)[i]) {
            printf("ESCAPED: %016lx in %s\n", ((unsigned long *)from)[i], what);
            return;
        }
    read_pages += size / 4096;
}

int main() {
    const size_t size = 16 << 20;
    const int both = PROT_READ | PROT_WRITE;
    look("private memory", mmap(0, size, both, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), size);
    look("memory touched at once", mmap(0, size, both, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0), size);
    // The kernel gives uninitialised memory only to systems without protection.
    look("uninitialised memory", mmap(0, size, both, MAP_PRIVATE | MAP_ANONYMOUS | 0x4000000, -1, 0), size);
    look("shared memory", mmap(0, size, both, MAP_SHARED | MAP_ANONYMOUS, -1, 0), size);
    char *huge = mmap(0, size, both, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    madvise(huge, size, MADV_HUGEPAGE);
    look("huge pages", huge, size);
    int file = memfd_create("x", 0);
    if (ftruncate(file, size) == 0) look("a memory file", mmap(0, size, both, MAP_SHARED, file, 0), size);
    int segment = shmget(IPC_PRIVATE, size, 0600);
    look("a System V segment", shmat(segment, 0, 0), size);
    shmctl(segment, IPC_RMID, 0);
    char *heap = sbrk(size);
    look("the heap", heap, size);
    // Given back and taken again.
    for (size_t i = 0; i < size; i++) huge[i] = 'x';
    madvise(huge, size, MADV_DONTNEED);
    look("memory given back", huge, size);
    if (read_pages < 30000) return 1;
    printf("stopped: %ld pages of zeros\n", read_pages);
}
