// Runs before everybody else on the machine: real-time and deadline scheduling by each call, for itself and for init.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    int policies[] = {SCHED_FIFO, SCHED_RR, SCHED_FIFO | SCHED_RESET_ON_FORK, SCHED_RR | SCHED_RESET_ON_FORK, 6, 7};
    for (int pid = 0; pid <= 1; pid++)
        for (int i = 0; i < 6; i++) {
            struct sched_param parameter = {.sched_priority = policies[i] >= 6 && policies[i] < 8 ? 0 : 1};
            if (sched_setscheduler(pid, policies[i], &parameter) == 0) printf("ESCAPED: policy %d for %d\n", policies[i], pid);
            // size, policy, flags, nice, priority, and runtime, deadline, period in nanoseconds.
            struct { unsigned size, policy; unsigned long flags; int nice; unsigned priority; unsigned long times[3]; } wish =
                {48, policies[i] & 15, 0, 0, parameter.sched_priority, {10000000, 20000000, 20000000}};
            if (syscall(SYS_sched_setattr, pid, &wish, 0) == 0 && policies[i] != 7) printf("ESCAPED: attributes of policy %d for %d\n", policies[i], pid);
        }
    int now = sched_getscheduler(0);
    if (now == SCHED_FIFO || now == SCHED_RR || now == 6) printf("ESCAPED: the policy is %d\n", now);
    puts("stopped");
}
