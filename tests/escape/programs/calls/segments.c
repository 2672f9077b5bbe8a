// Makes segments of its own with modify_ldt, whose code has had holes, and gates into them.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
#ifdef SYS_modify_ldt
    // struct user_desc: entry, base, limit, flags (32 bits, writable, in pages).
    unsigned wish[4] = {0, 0, 0xfffff, 0x51}, got[64];
    for (int function = 0; function <= 0x11; function++)
        if (syscall(SYS_modify_ldt, function, function == 0 || function == 2 ? got : wish, 16) != -1 || errno != EPERM)
            printf("ESCAPED: modify_ldt(%d), errno %d\n", function, errno);
    if (syscall(SYS_modify_ldt, 1 | 1UL << 32, wish, 16) != -1 || errno != EPERM) puts("ESCAPED: with junk above");
#endif
    puts("stopped: EPERM");
}
