// Has the kernel make a device node for it: a rename that leaves a whiteout (character device 0:0) behind.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    const char *places[] = {"/work", "/tmp", "/dev/shm"};
    for (int i = 0; i < 3; i++) {
        char from[64], to[64];
        struct stat st;
        snprintf(from, sizeof from, "%s/from", places[i]);
        snprintf(to, sizeof to, "%s/to", places[i]);
        close(open(from, O_CREAT | O_WRONLY, 0666));
        long result = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, RENAME_WHITEOUT);
        printf("%s: %ld %s\n", places[i], result, result ? strerror(errno) : "");
        // The node itself is harmless as long as no device can be opened here at all.
        if (!stat(from, &st) && S_ISCHR(st.st_mode) && (open(from, O_RDWR) >= 0 || errno != EACCES)) printf("ESCAPED it opens: %s\n", strerror(errno));
        if (!syscall(SYS_renameat2, AT_FDCWD, to, AT_FDCWD, "/usr/bin/env", RENAME_EXCHANGE)) puts("ESCAPED exchanged with a program of the host");
    }
    puts("stopped");
}
