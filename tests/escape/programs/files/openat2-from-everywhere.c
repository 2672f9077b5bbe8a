// Opens the host's files by openat2 with every way to resolve a path, from every folder it may start at.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    const char *starts[] = {"/", "/work", "/tmp", "/usr", "/proc", "/proc/self", "/proc/self/root", "/proc/self/cwd", "/proc/self/fd", "/dev"};
    const char *paths[] = {"@LURE_FILE@", "../../../..@LURE_FILE@", "etc/shadow", "/etc/shadow", "../../../../etc/shadow",
                           "root/etc/shadow", "fd/../../1/root/etc/shadow", "..", "/.."};
    struct stat root, found;
    int opened = 0;
    stat("/", &root);
    for (unsigned s = 0; s < sizeof starts / sizeof *starts; s++) {
        int start = open(starts[s], O_PATH | O_DIRECTORY);
        for (unsigned p = 0; p < sizeof paths / sizeof *paths; p++)
            for (unsigned resolve = 0; resolve < 64; resolve++) {
                struct open_how how = {.flags = p > 6 ? O_PATH : O_RDONLY, .resolve = resolve};
                int fd = syscall(SYS_openat2, start, paths[p], &how, sizeof how);
                if (fd < 0) continue;
                opened++;
                fstat(fd, &found);
                // What `..` leads to must be a folder whose own top is our root.
                if (p <= 6 || openat(fd, "../../../../../../../..", O_PATH) < 0) printf("ESCAPED %s %s resolve %#x\n", starts[s], paths[p], resolve);
                if (p > 6 && s == 0 && (found.st_ino != root.st_ino || found.st_dev != root.st_dev)) printf("ESCAPED above the root, %#x\n", resolve);
                for (int n = fd; n < fd + 2; n++) close(n);
            }
        close(start);
    }
    puts(opened ? "stopped" : "openat2 opened nothing at all");
}
