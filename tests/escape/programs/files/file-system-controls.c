// Tells the host's file systems what to do: thaw, trim, flags, verity, keys, defragmentation, through a file it may only read.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main(void) {
    const char *files[] = {"/usr", "/usr/bin/env", "/usr/lib", "/", "/proc", "/dev"};
    // Thawing what is not frozen is an error for root and harmless: EINVAL would tell that we were let through.
    struct { const char *name; unsigned long number; } controls[] = {
        {"FITHAW", FITHAW}, {"FITRIM", FITRIM}, {"FS_IOC_SETFLAGS", FS_IOC_SETFLAGS}, {"FS_IOC_FSSETXATTR", FS_IOC_FSSETXATTR},
        {"FS_IOC_SETVERSION", FS_IOC_SETVERSION}, {"FS_IOC_SETFSLABEL", FS_IOC_SETFSLABEL}, {"FIBMAP", FIBMAP},
        {"FS_IOC_SHUTDOWN", _IOR('X', 125, unsigned)}, {"FS_IOC_ENABLE_VERITY", _IOW('f', 133, char[128])},
        {"FS_IOC_ADD_ENCRYPTION_KEY", _IOWR('f', 23, char[80])}, {"EXT4_IOC_MOVE_EXT", _IOWR('f', 15, char[40])},
        {"BTRFS_IOC_TREE_SEARCH", _IOWR(0x94, 17, char[4096])}, {"XFS_IOC_OPEN_BY_HANDLE", _IOWR('X', 107, char[56])}};
    for (unsigned f = 0; f < sizeof files / sizeof *files; f++) {
        int fd = open(files[f], O_RDONLY);
        if (fd < 0) return printf("cannot open %s\n", files[f]), 1;
        for (unsigned c = 0; c < sizeof controls / sizeof *controls; c++) {
            char argument[4096];
            memset(argument, 0xff, sizeof argument);   // nonsense, which is never carried out
            // Flags are set to what they are; where they cannot be read there are none.
            if (c == 2 && ioctl(fd, FS_IOC_GETFLAGS, argument)) continue;
            if (c == 3 && ioctl(fd, FS_IOC_FSGETXATTR, argument)) continue;
            int result = ioctl(fd, controls[c].number, c < 7 && c != 2 && c != 3 ? 0 : argument);
            int refused = errno == EPERM || errno == ENOTTY || errno == EROFS || errno == EACCES || errno == EOPNOTSUPP || errno == EBADF;
            if (result >= 0 || (!refused && c < 7)) printf("ESCAPED %s on %s: %s\n", controls[c].name, files[f], strerror(errno));
        }
    }
    puts("stopped");
}
