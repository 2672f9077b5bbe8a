// Looks up hundreds of thousands of names that do not exist: the kernel remembers each.
// expect: stopped or memory_exceeded
// limit: memory=12MiB cpu_time=30s wall_time=60s
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

int main(void) {
    struct stat found;
    char name[256];
    for (int i = 0; i < 100000; i++) {
        // Long names have memory of their own; what is remembered is given up again when memory is short.
        snprintf(name, sizeof name, "/usr/lib/%d-%0180d", i, 0);
        if (!stat(name, &found) || errno != ENOENT) printf("ESCAPED %s\n", name);
    }
    puts("stopped: the memory for names was taken back in time");
}
