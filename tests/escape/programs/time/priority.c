// Takes a higher priority than others: nice values, real-time and deadline scheduling, the disk's queue, group control.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    struct { unsigned size, policy; unsigned long flags; int nice; unsigned priority; unsigned long runtime, deadline, period; } deadline =
        {48, 6, 0, 0, 0, 10000000, 20000000, 20000000};
    for (int value = -1; value >= -20; value--) {
        if (nice(value) != -1 || errno != EPERM) printf("ESCAPED nice %d\n", value);
        if (!setpriority(PRIO_PROCESS, 0, value) || !setpriority(PRIO_USER, 0, value)) printf("ESCAPED priority %d\n", value);
    }
    for (int policy = SCHED_FIFO; policy <= SCHED_RR; policy++)
        if (!sched_setscheduler(0, policy, &(struct sched_param){1})) printf("ESCAPED policy %d\n", policy);
    if (!syscall(SYS_sched_setattr, 0, &deadline, 0)) puts("ESCAPED deadline scheduling");
    // Class 1 is real time.
    if (!syscall(SYS_ioprio_set, 1, 0, 1 << 13)) puts("ESCAPED the disk's real-time class");
    if (!setrlimit(RLIMIT_NICE, &(struct rlimit){40, 40}) || !setrlimit(RLIMIT_RTPRIO, &(struct rlimit){99, 99})) puts("ESCAPED limits were raised");
    printf("stopped: %s\n", strerror(errno));
}
