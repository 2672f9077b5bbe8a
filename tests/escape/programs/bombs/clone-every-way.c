// Makes processes by clone in every way that there is: sharing memory, files, signal handlers, as a sibling, as a thread.
// expect: processes_exceeded
// limit: processes=16
// needs: process limit
// otherwise: exited 1
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int wait_for_ever(void *nothing) { for (;;) pause(); return nothing != NULL; }

int main(void) {
    const int ways[] = {SIGCHLD, 0, SIGKILL, CLONE_VM | SIGCHLD, CLONE_VM | CLONE_FS | CLONE_FILES | SIGCHLD, CLONE_PARENT | SIGCHLD,
                        CLONE_VM | CLONE_PARENT, CLONE_VM | CLONE_SIGHAND | CLONE_SYSVSEM, CLONE_VM | CLONE_SIGHAND | CLONE_THREAD, CLONE_IO | CLONE_UNTRACED};
    int alive = 1, refused = 0;
    for (int i = 0; i < 400; i++) {
        void *stack = malloc(16384);
        if (clone(wait_for_ever, (char *)stack + 16384, ways[i % 10], NULL) > 0) alive++;
        else refused += errno == EAGAIN;
    }
    // clone3, whose flags no filter can read, must not be there at all.
    unsigned long arguments[11] = {0};
    arguments[4] = SIGCHLD;
    if (syscall(SYS_clone3, arguments, 88) >= 0 || errno != ENOSYS) printf("ESCAPED clone3: %s\n", strerror(errno));
    printf(alive > 16 || !refused ? "ESCAPED %d processes, %d refused\n" : "%d processes, %d refused\n", alive, refused);
    return 1;
}
