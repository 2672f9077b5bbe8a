// Makes as many mappings as the kernel lets it: each is memory of the kernel.
// expect: memory_exceeded
// limit: memory=8MiB processes=8
// needs: memory limit
// otherwise: stopped
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
    long mappings = 0;
    // Neighbours differ, so that the kernel cannot join them; 65,530 is a process's most, so it takes some processes.
    fork(), fork();
    while (mmap(NULL, 4096, mappings % 2 ? PROT_READ : PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED) mappings++;
    sleep(1);
    // printf has no room for a buffer by now, and would write in pieces, between those of the others.
    char line[100];
    const char *words = mappings > 70000 ? "ESCAPED %ld mappings\n" : "stopped: %ld mappings\n";
    return write(STDOUT_FILENO, line, snprintf(line, sizeof line, words, mappings)) < 0;
}
