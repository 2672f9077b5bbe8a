// Makes device files of disks, memory and the console in each writable folder, by both calls and with junk in the upper half.
// expect: stopped

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static void try(unsigned long mode, dev_t device, const char *path) {
    long results[] = {
#ifdef SYS_mknod
        syscall(SYS_mknod, path, mode, device),
        errno == EPERM ? -1 : 0,
#endif
        syscall(SYS_mknodat, AT_FDCWD, path, mode, device),
        errno == EPERM ? -1 : 0,
    };
    for (unsigned i = 0; i < sizeof results / sizeof *results; i++)
        if (results[i] == 0) printf("ESCAPED: %s is there, or errno is %d\n", path, errno);
    if (access(path, F_OK) == 0) printf("ESCAPED: %s is there\n", path);
}

int main() {
    const char *paths[] = {"/work/device", "/tmp/device", "/dev/shm/device"};
    // Memory, null, kmsg, console, fuse, kvm; the last, 0:0, is what overlay file systems take for "deleted".
    dev_t characters[] = {makedev(1, 1), makedev(1, 3), makedev(1, 11), makedev(5, 1), makedev(10, 229), makedev(10, 232), 0};
    dev_t blocks[] = {makedev(254, 0), makedev(8, 0), makedev(259, 0), makedev(7, 0), makedev(1, 0)};
    unsigned long junk[] = {0, 0xdeadbeefUL << 32};
    for (int p = 0; p < 3; p++)
        for (int j = 0; j < 2; j++) {
            for (int i = 0; i < 7; i++) try(S_IFCHR | 0666 | junk[j], characters[i], paths[p]);
            for (int i = 0; i < 5; i++) try(S_IFBLK | 0666 | junk[j], blocks[i], paths[p]);
        }
    // What everybody may make can still be made: it is the device that is refused.
    if (mkfifo("/work/fifo", 0600) != 0) return 1;
    puts("stopped: EPERM");
}
