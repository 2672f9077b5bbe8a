// Makes more files than its limit in the working directory that its compiler has used, whose limit was higher.
// expect: disk_exceeded
// limit: disk_files=50
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void) {
    char name[20];
    int files = 0;
    for (; files < 1000; files++) {
        snprintf(name, sizeof name, "f%d", files);
        int fd = open(name, O_CREAT | O_WRONLY, 0600);
        if (fd < 0) break;
        close(fd);
    }
    printf(files > 50 ? "ESCAPED %d files\n" : "%d files: %s\n", files, strerror(errno));
    return 1;
}
