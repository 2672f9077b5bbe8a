// Makes as many mappings as the kernel lets it: each is memory of the kernel.
// expect: memory_exceeded
// limit: memory=8MiB processes=8
// needs: memory limit
// otherwise: stopped
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
    long mappings = 0;
    // Neighbours differ, so that the kernel cannot join them; 65,530 is a process's most, so it takes some processes.
    fork(), fork();
    while (mmap(NULL, 4096, mappings % 2 ? PROT_READ : PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED) mappings++;
    sleep(1);
    printf(mappings > 70000 ? "ESCAPED %ld mappings\n" : "stopped: %ld mappings, %s\n", mappings, strerror(errno));
}
