// Makes new namespaces of every kind by clone, alone and all together, and becomes root in a user namespace.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    unsigned kinds[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP};
    for (int set = 1; set < 128; set++) {
        unsigned long flags = 17;   // SIGCHLD
        for (int kind = 0; kind < 7; kind++)
            if (set >> kind & 1) flags |= kinds[kind];
        pid_t pid = syscall(SYS_clone, flags, 0, 0, 0, 0);
        if (!pid) {
            printf("ESCAPED flags %#lx: user %d, process %d\n", flags, geteuid(), getpid());
            fflush(stdout);
            _exit(0);
        }
        if (pid > 0) waitpid(pid, 0, 0);
        else if (errno != EPERM) printf("ESCAPED, or nearly: flags %#lx: %s\n", flags, strerror(errno));
    }
    puts("stopped: EPERM");
}
