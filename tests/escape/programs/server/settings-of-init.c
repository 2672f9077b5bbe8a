// Slows its parent down, so that it reaps and reports late: priority, scheduling, processors, the disk's class.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static void must_fail(const char *what, long result) {
    int denied = result == -1 && (errno == EPERM || errno == EACCES || errno == ESRCH);
    printf("%s%s: errno %d\n", denied ? "" : "ESCAPED ", what, errno);
}

int main() {
    cpu_set_t first;
    CPU_ZERO(&first);
    CPU_SET(0, &first);
    struct sched_param none = {0};
    struct { unsigned size, policy; unsigned long flags; int nice; unsigned priority; unsigned long times[3]; } wish = {48, SCHED_IDLE, 0, 19};
    must_fail("priority", setpriority(PRIO_PROCESS, 1, 19));
    must_fail("idle", sched_setscheduler(1, SCHED_IDLE, &none));
    must_fail("attributes", syscall(SYS_sched_setattr, 1, &wish, 0));
    must_fail("parameter", sched_setparam(1, &none));
    must_fail("processors", sched_setaffinity(1, sizeof first, &first));
    must_fail("disk", syscall(SYS_ioprio_set, 1, 1, 3 << 13));
    must_fail("limits", prlimit(1, RLIMIT_NOFILE, &(struct rlimit){3, 3}, 0));
    must_fail("process group", setpgid(1, 0));
    puts("stopped");
}
