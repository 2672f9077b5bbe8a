// Has the whole host write to its disks, a thousand times: the call is answered and does nothing.
// expect: stopped

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    int usr = open("/usr", O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < 1000; i++)
        if (syscall(SYS_sync) != 0 || syscall(SYS_syncfs, usr) != 0) return 1;
    // A descriptor that is none would be EBADF if the kernel had looked at it.
    if (syscall(SYS_syncfs, -1) != 0) puts("ESCAPED: the kernel looked at the descriptor");
    puts("stopped: it pretends");
}
