// Takes a lease on files of /usr, so that the host waits when it opens them; also with junk in the upper half.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    const char *paths[] = {"/usr/bin/env", "/usr/lib/os-release", "/work/main.c", "/proc/self/exe"};
    unsigned long junk[] = {0, 1UL << 32, 0xdeadbeefUL << 32};
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 3; j++) {
            int file = open(paths[i], O_RDONLY);
            int kinds[] = {F_RDLCK, F_WRLCK};
            for (int k = 0; k < 2; k++)
                if (syscall(SYS_fcntl, file, F_SETLEASE | junk[j], kinds[k]) == 0 || (file >= 0 && errno != EPERM))
                    printf("ESCAPED: a lease on %s, errno %d\n", paths[i], errno);
            // F_SETDELEG of newer kernels.
            if (syscall(SYS_fcntl, file, (1024 + 16) | junk[j], (int[]){0, F_RDLCK}) == 0) printf("ESCAPED: a delegation on %s\n", paths[i]);
            close(file);
        }
    puts("stopped: EPERM");
}
