// Reads the filter, with the launcher's key in it, back from the kernel: by ptrace, by bpf, by a notification, from /proc.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

static void expect(const char *what, long result) {
    if (result >= 0 || errno != EPERM) printf("ESCAPED %s: %s\n", what, result >= 0 ? "done" : strerror(errno));
}

int main(void) {
    struct { unsigned short code; unsigned char yes, no; unsigned k; } program[4096], allow = {6, 0, 0, 0x7fff0000};
    struct { unsigned short length; void *code; } filter = {1, &allow};
    int pids[] = {0, 1, getpid(), getppid()};
    for (int i = 0; i < 4; i++)
        for (long which = 0; which < 4; which++) {
            expect("PTRACE_SECCOMP_GET_FILTER", syscall(SYS_ptrace, 0x420c, pids[i], which, program));
            expect("PTRACE_SECCOMP_GET_METADATA", syscall(SYS_ptrace, 0x420d, pids[i], 16l, program));
        }
    for (unsigned id = 0; id < 64; id++) {
        union bpf_attr attributes = {.prog_id = id};
        expect("BPF_PROG_GET_FD_BY_ID", syscall(SYS_bpf, BPF_PROG_GET_FD_BY_ID, &attributes, sizeof attributes));
        expect("BPF_PROG_GET_NEXT_ID", syscall(SYS_bpf, BPF_PROG_GET_NEXT_ID, &attributes, sizeof attributes));
    }
    // A filter of its own could hand every call of a child to its parent, with all arguments.
    unsigned flags[] = {0, SECCOMP_FILTER_FLAG_TSYNC, SECCOMP_FILTER_FLAG_NEW_LISTENER, SECCOMP_FILTER_FLAG_LOG};
    for (int i = 0; i < 4; i++) expect("own filter", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags[i], &filter));
    expect("own filter by prctl", prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter));
    if (prctl(PR_GET_SECCOMP) != 2) puts("ESCAPED there is no filter any more");
    puts("stopped: EPERM");
}
