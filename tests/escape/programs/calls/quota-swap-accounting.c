// Changes what the whole machine counts and swaps: quotas, swap files, process accounting.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <fcntl.h>

static void must_fail(const char *what, long result) {
    printf("%s%s: %s\n", result == -1 && (errno == EPERM || errno == ENOSYS) ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    int file = open("/work/swap", O_CREAT | O_RDWR, 0600);
    if (ftruncate(file, 1 << 20) != 0) return 1;
    must_fail("swapon", syscall(SYS_swapon, "/work/swap", 0));
    must_fail("swapoff", syscall(SYS_swapoff, "/work/swap"));
    must_fail("accounting on", syscall(SYS_acct, "/work/swap"));
    must_fail("accounting off", syscall(SYS_acct, 0));
    must_fail("quota sync", syscall(SYS_quotactl, 0x80000100, 0, 0, 0));
    must_fail("quota of /work", syscall(SYS_quotactl_fd, open("/work", O_RDONLY), 0x80000700, getuid(), 0));
    puts("stopped");
}
