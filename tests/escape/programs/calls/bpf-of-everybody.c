// Loads the one kind of program that kernels of old let everybody load, and opens pinned ones.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void must_fail(const char *what, long result) {
    printf("%s%s: %s\n", result == -1 && (errno == EPERM || errno == ENOSYS) ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    struct bpf_insn keep_none[] = {{.code = 0xb7, .dst_reg = 0, .imm = 0}, {.code = 0x95}};
    union bpf_attr load = {.prog_type = BPF_PROG_TYPE_SOCKET_FILTER, .insns = (unsigned long)keep_none, .insn_cnt = 2, .license = (unsigned long)"GPL"};
    must_fail("a socket filter", syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof load));
    union bpf_attr get = {.pathname = (unsigned long)"/sys/fs/bpf/maps.debug"};
    must_fail("a pinned object", syscall(SYS_bpf, BPF_OBJ_GET, &get, sizeof get));
    union bpf_attr zero = {0};
    for (int command = 0; command < 40; command++) must_fail("a command", syscall(SYS_bpf, command, &zero, sizeof zero));
    puts("stopped");
}
