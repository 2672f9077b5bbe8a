// Changes its own input, a memory file that the launcher made, by a second descriptor from /proc/self/fd.
// expect: stopped
// stdin: the input as it was given
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
    char text[100] = "", after[100] = "";
    ssize_t n = pread(0, text, sizeof text - 1, 0);
    if (n < 0) return puts("stopped: the input is a pipe"), 0;
    int again = open("/proc/self/fd/0", O_RDWR), cut = open("/proc/self/fd/0", O_WRONLY | O_TRUNC);
    printf("second descriptors: %d %d\n", again, cut);
    for (int fd = 0; fd <= again; fd++) {
        pwrite(fd, "CHANGED", 7, 0);
        ftruncate(fd, 0);
        ftruncate(fd, 1 << 20);
        char *map = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (map != MAP_FAILED && memcpy(map, "CHANGED", 7)) printf("ESCAPED mapped writable: %d\n", fd);
        // Taking the seals off again is not possible either; F_ADD_SEALS 0 only asks whether more may be added.
        if (fcntl(fd, F_ADD_SEALS, 0) == 0 && fd == 0) puts("ESCAPED the seals are not sealed");
    }
    ssize_t m = pread(0, after, sizeof after - 1, 0);
    if (m != n || memcmp(text, after, n)) printf("ESCAPED the input is now %zd bytes: %s\n", m, after);
    puts("stopped");
}
