// Calls unshare and mount from where a filter might not be: a new thread, a vfork child, a clone that shares memory, after exec.
// expect: stopped
// compile-arg: -pthread
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int places;

static int attack(void *from) {
    places++;
    if (!unshare(CLONE_NEWUSER) || errno != EPERM) printf("ESCAPED unshare in %s: %s\n", (char *)from, strerror(errno));
    if (!mount("none", "/work", "tmpfs", 0, 0) || errno != EPERM) printf("ESCAPED mount in %s: %s\n", (char *)from, strerror(errno));
    fflush(stdout);
    return 0;
}

static void *attack_in_thread(void *from) {
    attack(from);
    return 0;
}

int main(int count, char **arguments) {
    static char stack[1 << 16] __attribute__((aligned(16)));
    if (count > 1) return attack("a program it executed");
    pthread_t thread;
    pthread_create(&thread, 0, attack_in_thread, "a thread");
    pthread_join(thread, 0);
    if (!vfork()) _exit(attack("a vfork child"));
    clone(attack, stack + sizeof stack, CLONE_VM | CLONE_VFORK | CLONE_FS | CLONE_FILES | CLONE_IO | CLONE_UNTRACED | 17, "a clone with all shared");
    clone(attack, stack + sizeof stack, CLONE_VM | CLONE_VFORK | CLONE_PARENT | 17, "a child of init's");
    if (!fork()) execl("/proc/self/exe", arguments[0], "again", NULL);
    int status;
    while (wait(&status) > 0)
        if (!WIFEXITED(status) || WEXITSTATUS(status)) puts("a child crashed");
    puts(places == 4 ? "stopped" : "not all was tried");
}
