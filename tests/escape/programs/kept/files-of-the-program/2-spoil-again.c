// Changes what the next run of the same program will find: content, names, modes and times, by every ordinary call.
// expect: stopped
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
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
    int source = open("main.c", O_RDWR);
    char *mapped = mmap(NULL, 100, PROT_READ | PROT_WRITE, MAP_SHARED, source, 0);
    if (mapped != MAP_FAILED) memcpy(mapped, "spoilt", 6);
    msync(mapped, 100, MS_SYNC);
    write(source, "spoilt", 6);
    ftruncate(source, 10);
    fchmod(source, 0777);
    struct timespec long_ago[2] = {{1, 0}, {1, 0}};
    futimens(source, long_ago);
    link("main.c", "hard");
    rename("a.out", "b.out");
    symlink("/bin/false", "a.out");
    unlink("main.c");
    chmod(".", 0777);
    mkdir("folder", 0777);
    rename("folder", "other");
    system("setfattr -n user.x -v y hard 2>/dev/null; chmod u+s b.out; cp /bin/false c.out");
    puts("stopped");
    return 0;
}
