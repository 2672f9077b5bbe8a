// Tries each plain ioctl of terminals, files, block devices and watch queues on the three descriptors.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int main() {
    char space[4096] = {0};
    unsigned long numbers[] = {TIOCSCTTY, TIOCNOTTY, TIOCSPGRP, TIOCGPGRP, TIOCSWINSZ, TIOCGWINSZ, TCSETS, TCGETS, TIOCSBRK, TIOCEXCL, TIOCCONS, TIOCVHANGUP,
                               FIBMAP, FIGETBSZ, FIFREEZE, FITHAW, FITRIM, FS_IOC_SETFLAGS, BLKRRPART, BLKFLSBUF, BLKGETSIZE64, TIOCGPTPEER, TIOCPKT};
    for (int fd = 0; fd < 3; fd++)
        for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
            // The size of a block is all that a pipe or a file says.
            if (ioctl(fd, numbers[i], space) == 0 && numbers[i] != FIGETBSZ) printf("ESCAPED: ioctl %#lx on %d\n", numbers[i], fd);
    // A pipe for the kernel's own notices (watch queues had holes) must be asked for at its making: O_NOTIFICATION_PIPE is O_EXCL.
    int two[2];
    if (pipe2(two, O_EXCL) == 0) {
        if (ioctl(two[0], 0x5760, 256) == 0) puts("a notification pipe of its own, which nothing can be attached to without keys");
    }
    puts("stopped");
}
