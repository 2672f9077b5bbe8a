// Feeds, drains and reseeds the random numbers of the whole host through /dev/random.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/random.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

int main(void) {
    struct { int bits, bytes; char data[8]; } entropy = {64, 8, "known"};
    const char *devices[] = {"/dev/random", "/dev/urandom"};
    for (int d = 0; d < 2; d++) {
        int fd = open(devices[d], O_RDWR), count = 0;
        if (fd < 0) return printf("cannot open %s\n", devices[d]), 1;
        struct { const char *name; unsigned long number; void *argument; } controls[] = {
            {"RNDADDENTROPY", RNDADDENTROPY, &entropy}, {"RNDADDTOENTCNT", RNDADDTOENTCNT, &count}, {"RNDZAPENTCNT", RNDZAPENTCNT, 0},
            {"RNDCLEARPOOL", RNDCLEARPOOL, 0}, {"RNDRESEEDCRNG", RNDRESEEDCRNG, 0}};
        for (int i = 0; i < 5; i++)
            if (!ioctl(fd, controls[i].number, controls[i].argument) || errno != EPERM)
                printf("ESCAPED %s on %s: %s\n", controls[i].name, devices[d], strerror(errno));
    }
    puts("stopped: EPERM");
}
