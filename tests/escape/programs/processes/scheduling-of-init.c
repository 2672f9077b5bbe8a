// Makes init the last to get a processor, or a slave of one, so that it cannot end the run: nice, affinity, policy, priority of I/O.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

struct attributes { unsigned size, policy; unsigned long flags; int nice; unsigned priority; unsigned long runtime, deadline, period; };

static void attempt(const char *what, long result) {
    if (result >= 0) printf("ESCAPED %s\n", what);
    else printf("%s: %s\n", what, strerror(errno));
}

int main(void) {
    // Without root, init has our user id, and for its first moment privileges, which alone would protect it.
    usleep(100000);
    struct sched_param none = {0};
    struct attributes idle = {.size = sizeof idle, .policy = SCHED_IDLE};
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(0, &one);
    attempt("setpriority", setpriority(PRIO_PROCESS, 1, 19));
    attempt("setpriority of its group", setpriority(PRIO_PGRP, getpgid(1) > 1 ? getpgid(1) : 1, 19));
    attempt("sched_setscheduler", sched_setscheduler(1, SCHED_IDLE, &none));
    attempt("sched_setattr", syscall(SYS_sched_setattr, 1, &idle, 0));
    attempt("sched_setaffinity", sched_setaffinity(1, sizeof one, &one));
    attempt("ioprio_set", syscall(SYS_ioprio_set, 1, 1, 3 << 13));
    attempt("setpgid", setpgid(1, getpgrp()));
    // By user id, as many as have it are changed: init must not be one of them.
    setpriority(PRIO_USER, 0, 19);
    syscall(SYS_ioprio_set, 3, getuid(), 3 << 13);
    errno = 0;
    if (getpriority(PRIO_PROCESS, 1) != 0) printf("ESCAPED init is nice: %d\n", getpriority(PRIO_PROCESS, 1));
    if (sched_getscheduler(1) != SCHED_OTHER) printf("ESCAPED init's policy is %d\n", sched_getscheduler(1));
    puts("stopped");
}
