// Loads a map, a program with the privileged types, and lists what the host has loaded (CAP_BPF).
// expect: stopped

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
    struct bpf_insn exit_zero[] = {{.code = 0xb7, .dst_reg = 0, .imm = 0}, {.code = 0x95}};
    union bpf_attr map = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 1};
    must_fail("a map", syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof map));
    int types[] = {BPF_PROG_TYPE_SOCKET_FILTER, BPF_PROG_TYPE_KPROBE, BPF_PROG_TYPE_CGROUP_SKB, BPF_PROG_TYPE_TRACING, BPF_PROG_TYPE_LSM};
    for (int i = 0; i < 5; i++) {
        union bpf_attr load = {.prog_type = types[i], .insns = (unsigned long)exit_zero, .insn_cnt = 2, .license = (unsigned long)"GPL"};
        must_fail("a program", syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof load));
    }
    union bpf_attr next = {.start_id = 0};
    must_fail("the first program's id", syscall(SYS_bpf, BPF_PROG_GET_NEXT_ID, &next, sizeof next));
    must_fail("the first map's id", syscall(SYS_bpf, BPF_MAP_GET_NEXT_ID, &next, sizeof next));
    must_fail("a descriptor by id", syscall(SYS_bpf, BPF_PROG_GET_FD_BY_ID, &(union bpf_attr){.prog_id = 1}, 64));
    // The number of the command is 32 bits wide.
    must_fail("junk above", syscall(SYS_bpf, BPF_MAP_CREATE | 1UL << 40, &map, sizeof map));
    puts("stopped");
}
