// Has the kernel hand its calls to itself (syscall user dispatch) and lets them through from there, past the filter.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static volatile char block;
static volatile int result = -2, error, handed;

static void on_call(int number) {
    block = 0;
    handed = 1;
    result = syscall(SYS_unshare, CLONE_NEWUSER), error = errno;
}

int main() {
    signal(SIGSYS, on_call);
    // 59 is PR_SET_SYSCALL_USER_DISPATCH, 1 is on; the byte says whether calls are handed over.
    if (prctl(59, 1, 0, 0, &block) == 0) {
        block = 1;
        syscall(SYS_unshare, CLONE_NEWUSER);
        block = 0;
        if (!handed) return 1;
        if (result != -1 || error != EPERM) printf("ESCAPED: from the handler, errno %d\n", error);
        prctl(59, 0, 0, 0, 0);
    }
    if (syscall(SYS_unshare, CLONE_NEWUSER) != -1 || errno != EPERM) printf("ESCAPED: after it, errno %d\n", errno);
    puts("stopped: EPERM");
}
