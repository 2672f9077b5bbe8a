// Takes or hangs up the terminal of whoever started it, or types into it.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

int main(void) {
    if (!syscall(SYS_vhangup) || errno != EPERM) printf("ESCAPED vhangup: %s\n", strerror(errno));
    const char *paths[] = {"/dev/tty", "/dev/console", "/dev/tty0", "/dev/ptmx", "/dev/pts/ptmx", "/dev/pts/0", "/proc/self/fd/0"};
    for (int i = 0; i < 7; i++) {
        int fd = open(paths[i], O_RDWR | O_NONBLOCK);
        if (fd >= 0 && isatty(fd)) printf("ESCAPED %s is a terminal\n", paths[i]);
    }
    for (int fd = 0; fd < 3; fd++) {
        int group = 1;
        if (isatty(fd)) printf("ESCAPED %d is a terminal\n", fd);
        if (!ioctl(fd, TIOCSCTTY, 1) || errno != ENOTTY) printf("ESCAPED TIOCSCTTY: %s\n", strerror(errno));
        if (!ioctl(fd, TIOCSTI, "x") || errno != EPERM) printf("ESCAPED TIOCSTI: %s\n", strerror(errno));
        if (!ioctl(fd, TIOCSPGRP, &group) || errno != ENOTTY) printf("ESCAPED TIOCSPGRP: %s\n", strerror(errno));
    }
    // A session leader without a terminal, so that one it opens would become its own: that is what was tried above.
    printf("stopped: session %d\n", getsid(0));
}
