// Puts junk into the upper half of the call's number, so that a filter might see another call than the kernel.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    unsigned long junk[] = {1UL << 32, 1UL << 62, 1UL << 63, 0xffffffffUL << 32, 0x40000000UL << 32};
    // ENOSYS or EPERM; a file system mounted, a namespace entered, a key or a ring would be neither.
    struct { long number; unsigned long first; } calls[] = {
        {SYS_unshare, 0x10000000}, {SYS_mount, 0}, {SYS_bpf, 0}, {SYS_keyctl, 0}, {SYS_io_uring_setup, 1}, {SYS_ptrace, 0},
        {SYS_chroot, (unsigned long)"/work"}, {SYS_userfaultfd, 0}, {SYS_perf_event_open, 0}, {SYS_sethostname, (unsigned long)"x"},
    };
    for (int j = 0; j < 5; j++)
        for (int i = 0; i < 10; i++)
            if (syscall(calls[i].number | junk[j], calls[i].first, 0, 0, 0, 0) != -1 || (errno != EPERM && errno != ENOSYS))
                printf("ESCAPED: call %lx, errno %d\n", calls[i].number | junk[j], errno);
    puts("stopped");
}
