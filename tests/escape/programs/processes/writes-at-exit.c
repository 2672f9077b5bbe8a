// Has the kernel write for it when a thread ends, to memory it may not write: clear_child_tid, robust futexes.
// expect: stopped
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/futex.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    char before[64], after[64];
    int fd = open("/usr/bin/env", O_RDONLY);
    pread(fd, before, 64, 0);
    char *page = mmap(0, 4096, PROT_READ, MAP_SHARED, fd, 0);
    if (page == MAP_FAILED) return puts("cannot map"), 1;
    void *addresses[] = {page, page + 8, (void *)0xffffffff81000000, (void *)0xffff888000001000, (void *)8, (void *)-8};
    for (unsigned i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if (!fork()) {
            // Pending is what the kernel marks as "its owner died".
            struct robust_list_head head = {{&head.list}, 0, addresses[i]};
            syscall(SYS_set_robust_list, &head, sizeof head);
            syscall(SYS_set_tid_address, addresses[i]);
            // Only where another thread shares the memory does the kernel write at all.
            if (!syscall(SYS_clone, 0x100 /* CLONE_VM */ | 0x4000 /* CLONE_VFORK */ | 17, 0, 0, 0, 0)) syscall(SYS_exit, 0);
            syscall(SYS_exit, 0);
        }
    int status, ended = 0;
    while (wait(&status) > 0) ended += WIFEXITED(status);
    pread(fd, after, 64, 0);
    if (memcmp(before, after, 64) || memcmp(before, page, 64)) puts("ESCAPED a program of the host was changed");
    puts(ended == 6 ? "stopped" : "a child crashed");
}
