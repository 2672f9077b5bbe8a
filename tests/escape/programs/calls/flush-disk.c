// Has the host's disk commit and flush, over and over, by syncing files of /usr that it can only read.
// expect: stopped

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int main() {
    int file = open("/usr/bin/env", O_RDONLY);
    char *mapped = mmap(0, 4096, PROT_READ, MAP_SHARED, file, 0);
    if (file < 0 || mapped == MAP_FAILED) return 1;
    // When the call only pretends, as sync does, it does not look at its arguments either: no error for what is no file, no memory.
    if (fsync(file) == 0 && fsync(-1) == -1 && errno == EBADF) puts("ESCAPED: fsync went through to the host's disk");
    if (fdatasync(file) == 0 && fdatasync(-1) == -1 && errno == EBADF) puts("ESCAPED: fdatasync went through to the host's disk");
    if (msync(mapped, 4096, MS_SYNC) == 0 && msync((void *)4096, 4096, MS_SYNC) == -1 && errno == ENOMEM) puts("ESCAPED: msync went through to the host's disk");
    puts("stopped");
}
