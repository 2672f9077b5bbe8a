// Moves memory between the machine's nodes, its own, init's and that of all programs with its user id.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static void must_fail(const char *what, long result) {
    printf("%s%s: %s\n", result == -1 && (errno == EPERM || errno == ENOSYS) ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    unsigned long nodes = 1;
    int node = 0, status;
    *page = 1;
    must_fail("mbind", syscall(SYS_mbind, page, 4096, 2, &nodes, 64, 0));
    must_fail("set_mempolicy", syscall(SYS_set_mempolicy, 0, 0, 0));
    must_fail("home node", syscall(SYS_set_mempolicy_home_node, page, 4096, 0, 0));
    for (int pid = 0; pid <= 2; pid++) {
        must_fail("migrate_pages", syscall(SYS_migrate_pages, pid, 64, &nodes, &nodes));
        must_fail("move_pages", syscall(SYS_move_pages, pid, 1UL, &page, &node, &status, 2));
    }
    puts("stopped");
}
