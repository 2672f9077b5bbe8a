// Makes what is mounted read-only writable: remount of the file system, of the mount, by mount_setattr.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    const char *places[] = {"/", "/usr", "/dev", "/proc", "/dev/null", "/etc/ssl/certs", "/work", "/tmp"};
    for (int i = 0; i < 8; i++) {
        struct statvfs before, after;
        unsigned long attributes[4] = {0, 15, 0, 0};   // clear read-only, nosuid, nodev, noexec
        statvfs(places[i], &before);
        unsigned long flags[] = {MS_REMOUNT, MS_REMOUNT | MS_BIND, MS_REMOUNT | MS_BIND | MS_REC, MS_REMOUNT | MS_NOSUID | MS_NODEV};
        for (int f = 0; f < 4; f++)
            if (!mount("none", places[i], 0, flags[f], f ? 0 : "size=100%") || errno != EPERM) printf("ESCAPED %s: %s\n", places[i], strerror(errno));
        for (int recursive = 0; recursive <= 0x8000; recursive += 0x8000)
            if (!syscall(SYS_mount_setattr, AT_FDCWD, places[i], recursive, attributes, 32) || errno != EPERM) printf("ESCAPED %s: %s\n", places[i], strerror(errno));
        statvfs(places[i], &after);
        if (before.f_flag != after.f_flag || before.f_blocks != after.f_blocks) printf("ESCAPED %s has other options\n", places[i]);
    }
    puts("stopped: EPERM");
}
