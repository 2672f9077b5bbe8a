// Makes new namespaces by clone3, whose flags are behind a pointer where a filter cannot look.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <linux/sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    unsigned long flags[] = {0, CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWTIME, CLONE_INTO_CGROUP, CLONE_NEWUSER | CLONE_NEWNS,
                             CLONE_VM | CLONE_VFORK | CLONE_NEWUSER};
    for (int i = 0; i < 9; i++)
        for (unsigned size = 64; size <= 128; size += 8) {
            pid_t wanted = 1;
            struct { struct clone_args args; char more[64]; } all = {.args = {.flags = flags[i], .exit_signal = 17}};
            if (size > 72) all.args.set_tid = (unsigned long)&wanted, all.args.set_tid_size = size == 80;
            pid_t pid = syscall(SYS_clone3, &all, size);
            if (!pid) _exit(printf("ESCAPED flags %#lx: user %d\n", flags[i], geteuid()));
            if (pid > 0 || errno != ENOSYS) printf("ESCAPED, or nearly: flags %#lx size %u: %s\n", flags[i], size, pid > 0 ? "done" : strerror(errno));
        }
    puts("stopped: ENOSYS");
}
