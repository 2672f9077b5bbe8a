// Looks for descriptors left open by whoever started it, at every number and not only where /proc shows some.
// expect: stopped

#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

int main() {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    // A descriptor may lie above the limit that was set after it was opened.
    for (int fd = 0; fd < (1 << 16); fd++) {
        int is_open = fcntl(fd, F_GETFD) != -1;
        if (is_open != (fd < 3)) printf("ESCAPED: descriptor %d is %s\n", fd, is_open ? "open" : "closed");
    }
    int fds[] = {open("/dev/null", O_RDONLY)};
    if (fds[0] != 3) printf("ESCAPED: the first free one is %d\n", fds[0]);
    puts("stopped: 0, 1 and 2");
}
