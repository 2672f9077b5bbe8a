// Looks for a way to the kept files round what covers them: descriptors opened anew, handles, attributes of the overlay, paths below the mount.
// expect: stopped
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/xattr.h>
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
    char path[64];
    int program = open("a.out", O_RDONLY), source = open("main.c", O_RDONLY);
    int files[] = {program, source, open(".", O_PATH), open("a.out", O_PATH)};
    for (int i = 0; i < 4; i++) {
        sprintf(path, "/proc/self/fd/%d", files[i]);
        int again = open(path, O_WRONLY);
        if (again >= 0) write(again, "spoilt", 6);
    }
    int self = open("/proc/self/exe", O_RDWR);
    if (self >= 0) puts("ESCAPED a running program was opened for writing");
    char *mapped = mmap(NULL, 4096, PROT_READ, MAP_SHARED, source, 0);
    if (mapped != MAP_FAILED && !mprotect(mapped, 4096, PROT_READ | PROT_WRITE)) puts("ESCAPED a read-only mapping became writable");
    struct { struct file_handle head; char rest[128]; } handle = {.head = {.handle_bytes = 128}};
    int mount;
    if (!name_to_handle_at(AT_FDCWD, "main.c", &handle.head, &mount, 0) && open_by_handle_at(AT_FDCWD, &handle.head, O_RDWR) >= 0)
        puts("ESCAPED a file was opened by its handle");
    const char *names[] = {"trusted.overlay.opaque", "trusted.overlay.redirect", "trusted.overlay.metacopy", "trusted.overlay.origin"};
    for (int i = 0; i < 4; i++)
        if (!setxattr("main.c", names[i], "/../..", 6, 0)) puts("ESCAPED an attribute of the overlay was set");
    const char *below[] = {"/work/lower", "/work/upper", "/work/work", "/trees", "/work/../work/lower", "/proc/self/cwd/lower", "/proc/self/root/work/upper"};
    for (int i = 0; i < 7; i++)
        if (!access(below[i], F_OK)) printf("ESCAPED %s is there\n", below[i]);
    puts("stopped");
    return 0;
}
