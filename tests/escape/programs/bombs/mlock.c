// Locks memory, so that it could not be taken away, in every way that there is.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>

int main(void) {
    size_t size = 1 << 20;
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int segment = shmget(IPC_PRIVATE, size, IPC_CREAT | 0600);
    if (!mlock(at, size)) puts("ESCAPED mlock");
    if (!mlock2(at, size, MLOCK_ONFAULT)) puts("ESCAPED mlock2");
    if (!mlockall(MCL_CURRENT)) puts("ESCAPED mlockall");
    if (mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0) != MAP_FAILED) puts("ESCAPED MAP_LOCKED");
    if (!shmctl(segment, SHM_LOCK, NULL)) puts("ESCAPED SHM_LOCK");
    if (shmget(IPC_PRIVATE, 2 << 20, IPC_CREAT | SHM_HUGETLB | 0600) >= 0) puts("ESCAPED SHM_HUGETLB");
    printf("stopped: %s\n", strerror(errno));
}
