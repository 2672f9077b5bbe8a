// Changes how the kernel lays out and names things: executable data, pages at zero, old layouts, other systems' personalities.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    unsigned long flags[] = {READ_IMPLIES_EXEC, MMAP_PAGE_ZERO, ADDR_COMPAT_LAYOUT, ADDR_LIMIT_32BIT, ADDR_LIMIT_3GB, SHORT_INODE, WHOLE_SECONDS,
                             STICKY_TIMEOUTS, UNAME26, FDPIC_FUNCPTRS, PER_LINUX32, PER_SVR4, PER_BSD, PER_XENIX, PER_MASK,
                             ADDR_NO_RANDOMIZE | READ_IMPLIES_EXEC, 0xfffffffe, 0x80000000};
    unsigned long junk[] = {0, 1UL << 32, 0xffffffffUL << 32};
    for (unsigned i = 0; i < sizeof flags / sizeof *flags; i++)
        for (int j = 0; j < 3; j++) {
            if (syscall(SYS_personality, flags[i] | junk[j]) != -1 || errno != EPERM) printf("ESCAPED: %#lx, errno %d\n", flags[i] | junk[j], errno);
            long now = personality(0xffffffff);
            if (now != 0) printf("ESCAPED: the personality is %#lx\n", now);
        }
    puts("stopped: EPERM");
}
