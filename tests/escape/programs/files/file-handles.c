// Opens the root of the host's file systems by a file handle (Shocker): first an honest one, then guesses, inode 2 among them.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct handle { unsigned bytes; int type; unsigned inode, generation; unsigned more[28]; };

int main(void) {
    const char *folders[] = {"/", "/usr", "/work", "/tmp", "/proc", "/dev/null", "/etc/ssl/certs", "/proc/self/ns/mnt"};
    long mount;   // with flag 1 it is as wide as this
    for (unsigned i = 0; i < sizeof folders / sizeof *folders; i++) {
        int fd = open(folders[i], O_RDONLY);
        struct handle h = {.bytes = sizeof h - 8};
        for (int flags = 0; flags <= 0x7fff; flags = flags * 2 + 1)
            if (!syscall(SYS_name_to_handle_at, AT_FDCWD, folders[i], &h, &mount, flags) || errno != EPERM)
                printf("ESCAPED name_to_handle_at %s: %s\n", folders[i], strerror(errno));
        // Type 1 is inode and generation; root folders are 2 (ext4), 128 (xfs), 1 (tmpfs). Types 0xf1, 0xf2: pids and namespaces.
        for (int type = 0; type < 256; type++)
            for (unsigned inode = 1; inode < 4; inode++) {
                struct handle g = {.bytes = 8, .type = type, .inode = inode};
                int got = syscall(SYS_open_by_handle_at, fd, &g, O_RDONLY);
                if (got >= 0 || errno != EPERM) printf("ESCAPED open_by_handle_at %s type %d: %d %s\n", folders[i], type, got, strerror(errno));
            }
    }
    puts("stopped: EPERM");
}
