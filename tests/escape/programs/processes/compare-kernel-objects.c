// Compares its kernel objects with init's, and looks at init's futexes, pages and name by calls that take a process id.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void attempt(const char *what, long result) {
    if (result >= 0 || (errno != EPERM && errno != ESRCH)) printf("ESCAPED %s: %s\n", what, result >= 0 ? "done" : strerror(errno));
}

int main(void) {
    int targets[] = {1, @LURE_PID@};
    for (int i = 0; i < 2; i++) {
        void *head;
        unsigned long size, pages[1] = {(unsigned long)&head & ~4095ul}, nodes = 1;
        int status, node = 0;
        if (targets[i] == getpid()) continue;
        for (int kind = 0; kind < 8; kind++) attempt("kcmp", syscall(SYS_kcmp, targets[i], getpid(), kind, 0, 0));
        attempt("get_robust_list", syscall(SYS_get_robust_list, targets[i], &head, &size));
        attempt("move_pages", syscall(SYS_move_pages, targets[i], 1, pages, &node, &status, 0));
        attempt("migrate_pages", syscall(SYS_migrate_pages, targets[i], 64, &nodes, &nodes));
    }
    puts("stopped");
}
