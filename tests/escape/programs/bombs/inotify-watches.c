// Watches thousands of files with a hundred watchers.
// expect: memory_exceeded or stopped
// limit: memory=8MiB
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

int main(void) {
    long watches = 0;
    char name[20];
    for (int i = 0; i < 3000; i++) snprintf(name, sizeof name, "f%d", i), close(open(name, O_CREAT, 0600));
    for (int watcher; (watcher = inotify_init()) >= 0;)
        for (int i = 0; i < 3000; i++) {
            snprintf(name, sizeof name, "f%d", i);
            if (inotify_add_watch(watcher, name, IN_MODIFY) < 0) goto refused;
            watches++;
        }
refused:
    // The kernel's own bound is per user (max_user_watches), and some 100 bytes each count as memory.
    if (watches > 400000) printf("ESCAPED %ld watches\n", watches);
    printf("stopped: %ld watches, %s\n", watches, strerror(errno));
}
