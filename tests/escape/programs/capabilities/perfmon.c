// Counts and samples what the kernel and the other programs do (CAP_PERFMON).
// expect: stopped

#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void must_fail(const char *what, struct perf_event_attr event, int pid, int cpu) {
    event.size = sizeof event;
    long fd = syscall(SYS_perf_event_open, &event, pid, cpu, -1, 0);
    printf("%s%s: %s\n", fd == -1 && (errno == EPERM || errno == ENOSYS) ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    struct perf_event_attr clock = {.type = PERF_TYPE_SOFTWARE, .config = PERF_COUNT_SW_CPU_CLOCK};
    must_fail("the kernel's time in this process", clock, 0, -1);
    must_fail("a whole processor", clock, -1, 0);
    must_fail("init", clock, 1, -1);
    clock.exclude_kernel = clock.exclude_hv = 1;
    must_fail("only this process", clock, 0, -1);
    must_fail("cycles", (struct perf_event_attr){.type = PERF_TYPE_HARDWARE, .config = PERF_COUNT_HW_CPU_CYCLES, .exclude_kernel = 1}, 0, -1);
    must_fail("a breakpoint", (struct perf_event_attr){.type = PERF_TYPE_BREAKPOINT, .bp_type = 1, .bp_addr = 4096, .bp_len = 1, .exclude_kernel = 1}, 0, -1);
    must_fail("tracepoints", (struct perf_event_attr){.type = PERF_TYPE_TRACEPOINT, .config = 1}, 0, -1);
    puts("stopped");
}
