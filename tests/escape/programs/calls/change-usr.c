// Changes files of /usr by each call that changes files: space, holes, copies, times, length, names, attributes.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sendfile.h>
#include <sys/xattr.h>
#include <unistd.h>

static void must_fail(const char *what, long result) {
    printf("%s%s: %s\n", result == -1 ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    const char *path = "/usr/bin/env";
    int file = open(path, O_RDONLY), own = open("/work/own", O_CREAT | O_RDWR, 0600);
    struct stat before, after;
    if (fstat(file, &before) != 0 || write(own, "data", 4) != 4) return 1;
    must_fail("open for writing", open(path, O_WRONLY));
    must_fail("by /proc", open("/proc/self/fd/3", O_RDWR));
    must_fail("fallocate", fallocate(file, 0, 0, 1 << 20));
    must_fail("a hole", fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 4096));
    must_fail("copy_file_range", copy_file_range(own, &(loff_t){0}, file, &(loff_t){0}, 4, 0));
    must_fail("sendfile", sendfile(file, own, &(off_t){0}, 4));
    must_fail("clone", ioctl(file, FICLONE, own));
    must_fail("ftruncate", ftruncate(file, 0));
    must_fail("truncate", truncate(path, 0));
    must_fail("times", futimens(file, 0));
    must_fail("times by name", utimensat(AT_FDCWD, path, 0, 0));
    must_fail("fchmod", fchmod(file, 0777));
    must_fail("an attribute", fsetxattr(file, "user.x", "x", 1, 0));
    must_fail("flags", ioctl(file, FS_IOC_SETFLAGS, &(int){FS_NOATIME_FL}));
    must_fail("a link", link(path, "/work/linked"));
    must_fail("a link in /usr", link("/work/own", "/usr/bin/own"));
    must_fail("rename", rename(path, "/usr/bin/env2"));
    must_fail("unlink", unlink(path));
    must_fail("a folder", mkdir("/usr/new", 0755));
    must_fail("a file without a name", open("/usr", O_TMPFILE | O_RDWR, 0600));
    fstat(file, &after);
    if (before.st_size != after.st_size || before.st_mtim.tv_sec != after.st_mtim.tv_sec || before.st_mode != after.st_mode || before.st_nlink != after.st_nlink) puts("ESCAPED: it has changed");
    puts("stopped");
}
