// Opens files with O_PATH, which asks for no permission, and again for writing through /proc/self/fd.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    const char *files[] = {"/usr/bin/env", "/bin/sh", "/etc/passwd", "/etc/hostname", "/proc/self/exe", "/proc/sys/kernel/core_pattern",
                           "/proc/self/oom_score_adj", "/usr", "/", "/proc/sys", "/usr/lib"};
    for (unsigned i = 0; i < sizeof files / sizeof *files; i++) {
        char again[64], below[80];
        int fd = open(files[i], O_PATH);
        struct stat st;
        if (fd < 0 || fstat(fd, &st)) {
            printf("ESCAPED, or not tried: %s %s\n", files[i], strerror(errno));
            continue;
        }
        snprintf(again, sizeof again, "/proc/self/fd/%d", fd);
        snprintf(below, sizeof below, "%s/new", again);
        if (open(again, O_WRONLY) >= 0 || open(again, O_RDWR) >= 0) printf("ESCAPED %s is writable\n", files[i]);
        printf("%s: %s\n", files[i], strerror(errno));
        if (open(below, O_WRONLY | O_CREAT, 0644) >= 0 || open(again, O_TMPFILE | O_WRONLY, 0644) >= 0) printf("ESCAPED made a file in %s\n", files[i]);
        if (!truncate(again, st.st_size)) printf("ESCAPED cut %s\n", files[i]);
    }
    puts("stopped");
}
