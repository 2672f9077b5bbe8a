// Mounts by the calls that are newer than mount: fsopen, fsconfig, fsmount, fspick, open_tree, move_mount and their neighbours.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void expect(const char *what, long result, int error) {
    if (result >= 0 || errno != error) printf("ESCAPED %s: %s\n", what, result >= 0 ? "done" : strerror(errno));
}

int main(void) {
    const char *kinds[] = {"tmpfs", "proc", "sysfs", "ext4", "overlay", "cgroup2", "nosuchfs"};
    char answer[4096] = {0};
    unsigned long request[4] = {32, -1, 0, 0};
    mkdir("/work/m", 0755);
    for (int i = 0; i < 7; i++) expect("fsopen", syscall(SYS_fsopen, kinds[i], 0), EPERM);
    for (int fd = -1; fd < 8; fd++) {
        expect("fsconfig", syscall(SYS_fsconfig, fd, 1, "source", "none", 0), EPERM);
        expect("fsconfig create", syscall(SYS_fsconfig, fd, 6, 0, 0, 0), EPERM);
        expect("fsmount", syscall(SYS_fsmount, fd, 0, 0), EPERM);
        expect("move_mount", syscall(SYS_move_mount, fd, "", AT_FDCWD, "/work/m", 4), EPERM);
    }
    expect("move_mount by path", syscall(SYS_move_mount, AT_FDCWD, "/tmp", AT_FDCWD, "/work/m", 0), EPERM);
    expect("move_mount beneath", syscall(SYS_move_mount, AT_FDCWD, "/tmp", AT_FDCWD, "/work/m", 0x200), EPERM);
    expect("fspick", syscall(SYS_fspick, AT_FDCWD, "/usr", 0), EPERM);
    // Without a flag this is nothing but an O_PATH descriptor; with 1 it is a copy of the mounts, and 0x8000 of all below.
    int flags[] = {0, 1, 0x8001, 0x1001};
    for (int i = 0; i < 4; i++) expect("open_tree", syscall(SYS_open_tree, AT_FDCWD, "/usr", flags[i]), EPERM);
    expect("statmount", syscall(457, request, answer, sizeof answer, 0), ENOSYS);
    expect("listmount", syscall(458, request, answer, 8, 0), ENOSYS);
    expect("open_tree_attr", syscall(467, AT_FDCWD, "/usr", 1, request, 32), ENOSYS);
    expect("listns", syscall(470, request, answer, 8, 0), ENOSYS);
    puts("stopped");
}
