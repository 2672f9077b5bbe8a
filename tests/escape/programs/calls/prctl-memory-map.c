// Rewrites where the kernel believes its arguments, heap and program file are, which others then read in /proc.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    unsigned long junk[] = {0, 1UL << 32, 0xdeadbeefUL << 32};
    struct prctl_mm_map map = {0};
    int file = open("/usr/bin/env", O_RDONLY);
    for (int j = 0; j < 3; j++)
        for (int what = 0; what <= 15; what++) {
            unsigned long value = what == PR_SET_MM_EXE_FILE ? (unsigned long)file : (unsigned long)&map;
            if (syscall(SYS_prctl, PR_SET_MM | junk[j], what, value, sizeof map, 0) != -1 || errno != EPERM) printf("ESCAPED: PR_SET_MM %d, errno %d\n", what, errno);
        }
    puts("stopped: EPERM");
}
