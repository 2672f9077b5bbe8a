// Types into a terminal, pastes its selection, and changes its line discipline; with junk in the upper half of the number too.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <fcntl.h>
#include <sys/ioctl.h>

int main() {
    int files[] = {0, 1, 2, open("/dev/tty", O_RDWR), open("/dev/ptmx", O_RDWR | O_NOCTTY), open("/dev/tty0", O_RDWR), open("/dev/null", O_RDWR), -1};
    unsigned long numbers[] = {TIOCSTI, TIOCLINUX, TIOCSETD}, junk[] = {0, 1UL << 32, 0xffffffffUL << 32, 0xdeadbeefUL << 32};
    for (int f = 0; f < 8; f++)
        for (int n = 0; n < 3; n++)
            for (int j = 0; j < 4; j++) {
                char what[8] = {'x', 2};
                // The filter looks before the kernel looks whether it is a terminal at all.
                if (syscall(SYS_ioctl, files[f], numbers[n] | junk[j], what) != -1 || errno != EPERM)
                    printf("ESCAPED: ioctl %#lx on %d, errno %d\n", numbers[n] | junk[j], files[f], errno);
            }
    puts("stopped: EPERM");
}
