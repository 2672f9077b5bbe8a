// Learns from inotify what others of the machine open and read in /usr, which all programs share.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    int watcher = inotify_init1(IN_NONBLOCK);
    if (watcher < 0) return 1;
    const char *paths[] = {"/usr/bin", "/usr/lib", "/usr/bin/env", "/etc", "/dev", "/dev/null", "/work"};
    unsigned events[] = {IN_ACCESS, IN_OPEN, IN_CLOSE_WRITE, IN_CLOSE_NOWRITE, IN_ALL_EVENTS, IN_OPEN | IN_MODIFY, IN_MASK_ADD | IN_OPEN};
    unsigned long junk[] = {0, 0xdeadbeefUL << 32};
    for (int p = 0; p < 7; p++)
        for (int e = 0; e < 7; e++)
            for (int j = 0; j < 2; j++)
                if (syscall(SYS_inotify_add_watch, watcher, paths[p], events[e] | junk[j]) != -1 || errno != EPERM)
                    printf("ESCAPED: watches %s for %#x, errno %d\n", paths[p], events[e], errno);
    // What is permitted (changes) must not turn into what is not.
    inotify_add_watch(watcher, "/usr/bin", IN_MODIFY | IN_ATTRIB);
    close(open("/usr/bin/env", O_RDONLY));
    char buffer[4096];
    if (read(watcher, buffer, sizeof buffer) > 0) puts("ESCAPED: was told of an open");
    puts("stopped: EPERM");
}
