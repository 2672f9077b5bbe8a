// Locks memory and asks for huge pages, which the host could then not take back.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>

static void must_fail(const char *what, int done) {
    printf("%s%s: %s\n", done ? "ESCAPED " : "", what, strerror(errno));
}

int main() {
    const size_t size = 4 << 20;
    char *memory = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    must_fail("mlock", mlock(memory, size) == 0);
    must_fail("mlock2", mlock2(memory, size, MLOCK_ONFAULT) == 0);
    must_fail("mlockall", mlockall(MCL_CURRENT) == 0);
    must_fail("MAP_LOCKED", mmap(0, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0) != MAP_FAILED);
    int shared = shmget(IPC_PRIVATE, size, 0600);
    must_fail("SHM_LOCK", shmctl(shared, SHM_LOCK, 0) == 0);
    must_fail("SHM_HUGETLB", shmget(IPC_PRIVATE, size, SHM_HUGETLB | 0600) >= 0);
    char line[200];
    for (FILE *status = fopen("/proc/self/status", "r"); fgets(line, sizeof line, status);)
        if (strncmp(line, "VmLck:", 6) == 0 && atol(line + 6) > 64) printf("ESCAPED: %s", line);
    puts("stopped");
}
