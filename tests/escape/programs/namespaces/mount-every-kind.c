// Mounts file systems of all kinds that the kernel may have, where it may write and where it may not.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static int mounts(void) {
    int lines = 0;
    FILE *file = fopen("/proc/self/mountinfo", "r");
    for (int c; (c = getc(file)) != EOF;) lines += c == '\n';
    fclose(file);
    return lines;
}

int main(void) {
    const char *kinds[] = {"tmpfs", "ramfs", "proc", "sysfs", "devtmpfs", "devpts", "cgroup", "cgroup2", "mqueue", "bpf", "debugfs", "tracefs", "securityfs",
                           "configfs", "overlay", "fuse", "fuseblk", "ext4", "xfs", "btrfs", "vfat", "iso9660", "squashfs", "nfs", "9p", "virtiofs", "binfmt_misc",
                           "autofs", "pstore", "efivarfs", "hugetlbfs", "erofs", "nosuchfs"};
    const char *places[] = {"/work/m", "/", "/usr", "/proc", "/dev/shm", "/nowhere"};
    unsigned long flags[] = {0, MS_RDONLY, MS_NOSUID | MS_NODEV | MS_NOEXEC, 0xc0ed0000};
    int before = mounts();
    mkdir("/work/m", 0755);
    for (unsigned k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (int p = 0; p < 6; p++)
            for (int f = 0; f < 4; f++)
                if (!mount("none", places[p], kinds[k], flags[f], k == 14 ? "lowerdir=/usr,upperdir=/work,workdir=/tmp" : 0) || errno != EPERM)
                    printf("ESCAPED %s on %s: %s\n", kinds[k], places[p], strerror(errno));
    if (mounts() != before) printf("ESCAPED there are %d mounts more\n", mounts() - before);
    puts("stopped: EPERM");
}
