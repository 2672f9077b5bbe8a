// Climbs from the working directory and the root by relative names and old descriptors, in search of a tree outside (CVE-2024-21626).
// expect: stopped

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main() {
    struct stat root, top;
    char name[4096];
    stat("/", &root);
    // The kernel says (unreachable) for a directory outside of the root.
    if (!getcwd(name, sizeof name) || strcmp(name, "/work") != 0) printf("ESCAPED: starts in %s\n", name);
    for (int fd = -1; fd < 64; fd++) {
        char path[60];
        sprintf(path, "/proc/self/fd/%d/..", fd);
        if (fd > 2 && stat(path, &top) == 0) printf("ESCAPED: %s is there\n", path);
    }
    int here = AT_FDCWD;
    for (int i = 0; i < 64; i++) {
        here = openat(here, "..", O_PATH | O_DIRECTORY);
        if (fstat(here, &top) != 0) return 1;
    }
    if (top.st_dev != root.st_dev || top.st_ino != root.st_ino) puts("ESCAPED: above there is another root");
    if (faccessat(here, "etc/shadow", F_OK, 0) == 0 || faccessat(here, "root/.bashrc", F_OK, 0) == 0) puts("ESCAPED: it is the host's");
    puts("stopped");
}
