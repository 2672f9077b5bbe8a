// Hides what it asks for behind junk in the upper half of each argument, which the kernel cuts off and a 64-bit compare would not.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    unsigned long junk[] = {1UL << 32, 1UL << 63, 0xffffffffUL << 32, 0x40000000UL << 32};
    for (int i = 0; i < 4; i++) {
        unsigned long j = junk[i];
        struct { const char *name; long result; int error; } tries[] = {
            {"ioctl TIOCSTI", syscall(SYS_ioctl, 0, 0x5412 | j, "x"), errno},
            {"socket AF_PACKET", syscall(SYS_socket, 17 | j, 3, 0), errno},
            {"socket AF_ALG", syscall(SYS_socket, 38 | j, 5 | j, j), errno},
            {"socket AF_NETLINK", syscall(SYS_socket, 16 | j, 2 | j, j), errno},
            {"prctl PR_SET_SECUREBITS", syscall(SYS_prctl, 28 | j, 0, 0, 0, 0), errno},
            {"fcntl F_SETLEASE", syscall(SYS_fcntl, open("/usr/bin/env", O_RDONLY), 1024 | j, F_RDLCK), errno},
            {"fcntl F_NOTIFY", syscall(SYS_fcntl, open("/usr", O_RDONLY), 1026 | j, 1), errno},
            {"personality READ_IMPLIES_EXEC", syscall(SYS_personality, 0x400000 | j), errno},
            {"clone CLONE_NEWUSER", syscall(SYS_clone, CLONE_NEWUSER | 17 | j, 0, 0, 0, 0), errno},
            {"clone CLONE_NEWNS in a thread's flags", syscall(SYS_clone, CLONE_NEWNS | CLONE_VM | 17 | j, 0, 0, 0, 0), errno},
            {"unshare CLONE_NEWNET", syscall(SYS_unshare, CLONE_NEWNET | j), errno},
            {"seccomp", syscall(SYS_seccomp, 1 | j, j, 0), errno},
            {"prlimit of init", syscall(SYS_prlimit64, 1 | j, 7, 0, 0), errno},
            {"mknodat", syscall(SYS_mknodat, AT_FDCWD, "/work/x", (S_IFCHR | 0600) | j, 0x103), errno},
        };
        for (unsigned t = 0; t < sizeof tries / sizeof *tries; t++) {
            int denied = tries[t].error == EPERM || tries[t].error == EAFNOSUPPORT;
            if (tries[t].result != -1 || !denied) printf("ESCAPED: %s with %#lx: %ld, errno %d\n", tries[t].name, j, tries[t].result, tries[t].error);
        }
    }
    puts("stopped");
}
