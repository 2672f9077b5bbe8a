// Puts junk into the upper half of arguments of which the kernel takes the lower, to slip past comparisons of 64 bits (CVE-2019-10063).
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static void expect(const char *what, long result, int error) {
    if (result >= 0 || errno != error) printf("ESCAPED %s: %s\n", what, result >= 0 ? "done" : strerror(errno));
}

int main(void) {
    unsigned long junks[] = {1ul << 32, 1ul << 63, 0xdeadbeefull << 32, 0xffffffffull << 32};
    for (int i = 0; i < 4; i++) {
        unsigned long junk = junks[i];
        pid_t pid = syscall(SYS_clone, junk | CLONE_NEWUSER | 17, 0, 0, 0, 0);
        if (!pid) _exit(printf("ESCAPED by clone: user %d\n", geteuid()));
        expect("clone", pid, EPERM);
        expect("unshare", syscall(SYS_unshare, junk | CLONE_NEWUSER), EPERM);
        expect("TIOCSTI", syscall(SYS_ioctl, junk, junk | TIOCSTI, "x"), EPERM);
        expect("TIOCLINUX", syscall(SYS_ioctl, junk, junk | TIOCLINUX, "\2"), EPERM);
        expect("raw socket", syscall(SYS_socket, junk | AF_INET, junk | SOCK_RAW, junk | 1), EPERM);
        expect("netlink socket", syscall(SYS_socket, junk | AF_NETLINK, junk | SOCK_DGRAM, junk), EAFNOSUPPORT);
        expect("personality", syscall(SYS_personality, junk | 0x0400000), EPERM);
        expect("filter", syscall(SYS_seccomp, junk | 1, 0, 0), EPERM);
        expect("filter by prctl", syscall(SYS_prctl, junk | PR_SET_SECCOMP, junk | 2, 0), EPERM);
        expect("PR_SET_MM", syscall(SYS_prctl, junk | PR_SET_MM, 1, 0, 0, 0), EPERM);
        expect("device", syscall(SYS_mknodat, junk | 0xffffff9c, "/work/node", junk | 0020666, 0x103), EPERM);
        expect("limits of init", syscall(SYS_prlimit64, junk | 1, 7, 0, 0), EPERM);
    }
    puts("stopped");
}
