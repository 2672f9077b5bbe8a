// Makes the kept files writable by calls that change mounts.
// expect: stopped
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <stdio.h>
#include <unistd.h>
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

// What the compiler left: two files, as they were made just now, and nothing else.
static int is_spoilt(void) {
    struct stat source, program, folder;
    if (stat("main.c", &source) || stat("a.out", &program) || stat(".", &folder)) return 1;
    if ((source.st_mode & 07777) != 0644 || (program.st_mode & 07777) != 0755 || (folder.st_mode & 07777) != 0755) return 2;
    if (source.st_mtime < 1000000 || source.st_uid != getuid() || program.st_uid != getuid()) return 3;
    int files = 0;
    DIR *here = opendir(".");
    while (readdir(here)) files++;
    closedir(here);
    char begin[4] = "", elf[4] = "";
    FILE *file = fopen("main.c", "r");
    fread(begin, 1, 3, file);
    fclose(file);
    file = fopen("a.out", "r");
    fread(elf, 1, 4, file);
    fclose(file);
    if (files != 4 || source.st_size < 1000 || strncmp(begin, "// ", 3) || memcmp(elf, "\177ELF", 4)) return 4;
    return 0;
}

int main(void) {
    int spoilt = is_spoilt();
    if (spoilt) printf("ESCAPED an earlier run is seen (%d)\n", spoilt);
    struct { unsigned long long set, clear, propagation, userns; } writable = {0, 1, 0, 0};
    if (!mount("none", "/work", NULL, MS_REMOUNT, NULL)) puts("ESCAPED it was mounted anew");
    if (!mount("/work", "/tmp", NULL, MS_BIND, NULL)) puts("ESCAPED it was mounted elsewhere");
    if (!umount2("/work", MNT_DETACH)) puts("ESCAPED it was uncovered");
    if (!mount("overlay", "/tmp", "overlay", 0, "lowerdir=/work,upperdir=/tmp,workdir=/tmp")) puts("ESCAPED an overlay was made");
    if (syscall(SYS_open_tree, AT_FDCWD, "/work", 1) >= 0) puts("ESCAPED its mount was copied");
    if (!syscall(SYS_mount_setattr, AT_FDCWD, "/work", AT_RECURSIVE, &writable, sizeof writable)) puts("ESCAPED its flags were changed");
    if (syscall(SYS_fsopen, "overlay", 0) >= 0) puts("ESCAPED an overlay was begun");
    remove("a.out");
    remove("main.c");
    puts("stopped");
    return 0;
}
