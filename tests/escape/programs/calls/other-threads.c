// Makes forbidden calls where a filter may have been forgotten: in a thread, a signal handler, a vfork child, a clone that shares all.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

static int escaped, tried;

static int try(void *where) {
    tried++;
    if (unshare(CLONE_NEWUSER) == 0 || errno != EPERM || mount("none", "/tmp", "tmpfs", 0, 0) == 0 || errno != EPERM) {
        printf("ESCAPED: in %s, errno %d\n", (char *)where, errno);
        escaped++;
    }
    return 0;
}

static void *in_thread(void *where) { return try(where), NULL; }
static void in_handler(int number) { try("a signal handler"); }

int main() {
    pthread_t thread;
    pthread_create(&thread, 0, in_thread, "a thread");
    pthread_join(thread, 0);
    signal(SIGUSR1, in_handler);
    raise(SIGUSR1);
    if (vfork() == 0) try("a vfork child"), _exit(0);
    static char stack[65536];
    clone(try, stack + 65536, CLONE_VM | CLONE_FILES | CLONE_FS | SIGCHLD, "a clone");
    while (wait(0) > 0) {}
    if (tried != 4) return 1;
    if (!escaped) puts("stopped: EPERM");
}
