// Reaches the files behind its mappings through /proc/self/map_files, past their paths, and opens them for writing.
// expect: stopped
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void) {
    DIR *folder = opendir("/proc/self/map_files");
    if (!folder) return printf("stopped: %s\n", strerror(errno)), 0;
    int seen = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.') continue;
        seen++;
        if (openat(dirfd(folder), entry->d_name, O_WRONLY) >= 0 || openat(dirfd(folder), entry->d_name, O_RDWR) >= 0)
            printf("ESCAPED %s opens for writing\n", entry->d_name);
        int fd = openat(dirfd(folder), entry->d_name, O_PATH);
        char again[64];
        snprintf(again, sizeof again, "/proc/self/fd/%d", fd);
        if (fd >= 0 && open(again, O_WRONLY) >= 0) printf("ESCAPED %s opens again for writing\n", entry->d_name);
    }
    puts(seen > 3 ? "stopped" : "no mapping was seen");
}
