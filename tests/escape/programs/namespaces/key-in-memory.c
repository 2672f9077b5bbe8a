// Looks for the launcher's key in all memory that a program begins with: stack and what is below it, data, vvar, vdso.
// expect: stopped
// compile-arg: -static
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int *found;
static long *tried;

static void search(const char *from, const char *to) {
    for (const char *at = from; at + 8 <= to; at += 4) {
        unsigned long key = *(unsigned long *)at;
        if (!key) continue;
        ++*tried;
        // unshare of nothing does nothing, and tells whether the filter lets it through.
        if (!syscall(SYS_unshare, 0, 0, 0, 0, 0, key)) ++*found, printf("ESCAPED the key %#lx is at %p\n", key, (void *)at), fflush(stdout);
    }
}

int main(void) {
    char line[512], rights[8], name[256];
    char *from, *to;
    found = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    tried = (long *)(found + 2);
    FILE *maps = fopen("/proc/self/maps", "r");
    while (fgets(line, sizeof line, maps)) {
        name[0] = 0;
        if (sscanf(line, "%p-%p %7s %*s %*s %*s %255s", (void **)&from, (void **)&to, rights, name) < 3 || rights[0] != 'r') continue;
        // Code is as it is in the file.
        if (rights[2] == 'x' && name[0] == '/') continue;
        // In a child: some of the kernel's pages may not be read on every machine.
        if (!fork()) {
            search(from, to);
            _exit(0);
        }
        wait(0);
    }
    printf(*tried > 500 ? "stopped after %ld words\n" : "only %ld words were seen\n", *tried);
}
