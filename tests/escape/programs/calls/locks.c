// Takes locks without end, which are memory of the kernel's that no limit counts: bounded by open files, and others' locks stay free.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

int main() {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    // A write lock on what is shared with other programs needs a descriptor for writing, and there is none.
    int shared = open("/usr/bin/env", O_RDONLY);
    struct flock all = {.l_type = F_WRLCK};
    if (fcntl(shared, F_SETLK, &all) == 0 || errno != EBADF) printf("ESCAPED: a write lock on /usr/bin/env, errno %d\n", errno);
    if (fcntl(shared, F_OFD_SETLK, &all) == 0 || errno != EBADF) printf("ESCAPED: an open file's write lock, errno %d\n", errno);
    unsigned held = 0;
    for (;; held++) {
        int file = open("/work/file", O_CREAT | O_RDWR, 0600);
        if (file < 0) break;
        if (flock(file, LOCK_SH) != 0 || held > files.rlim_cur) return 1;
    }
    if (errno != EMFILE || held >= files.rlim_max) printf("ESCAPED: %u locks\n", held);
    if (setrlimit(RLIMIT_NOFILE, &(struct rlimit){held * 2 + 10, files.rlim_max * 2}) == 0) puts("ESCAPED: more open files");
    printf("stopped after %u locks: EMFILE\n", held);
}
