// Makes a file of its own immutable, append-only and exempt from limits; whoever could would hinder those who clean up.
// expect: stopped

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main() {
    const char *paths[] = {"/work/file", "/tmp/file", "/dev/shm/file"};
    for (int i = 0; i < 3; i++) {
        int file = open(paths[i], O_CREAT | O_RDWR, 0644), flags[] = {FS_IMMUTABLE_FL, FS_APPEND_FL, FS_IMMUTABLE_FL | FS_NODUMP_FL};
        for (int j = 0; j < 3; j++)
            if (ioctl(file, FS_IOC_SETFLAGS, flags + j) == 0) printf("ESCAPED: flags %#x on %s\n", flags[j], paths[i]);
        struct fsxattr extended = {.fsx_xflags = FS_XFLAG_IMMUTABLE};
        if (ioctl(file, FS_IOC_FSSETXATTR, &extended) == 0) printf("ESCAPED: extended flags on %s\n", paths[i]);
        printf("%s: %s\n", paths[i], strerror(errno));
        if (write(file, "x", 1) != 1 || unlink(paths[i]) != 0) printf("ESCAPED: %s is fixed\n", paths[i]);
    }
    puts("stopped");
}
