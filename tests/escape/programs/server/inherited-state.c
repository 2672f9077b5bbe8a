// Reads from its own settings how the server was started: signals ignored and blocked, scheduling, personality, masks, timers.
// expect: stopped

#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

int main() {
    for (int number = 1; number < NSIG; number++) {
        struct sigaction now;
        // Two are the C library's own, 32 and 33.
        if (sigaction(number, 0, &now) == 0 && now.sa_handler != SIG_DFL) printf("ESCAPED: signal %d is ignored\n", number);
    }
    sigset_t blocked, waiting;
    sigprocmask(SIG_SETMASK, 0, &blocked), sigpending(&waiting);
    if (!sigisemptyset(&blocked) || !sigisemptyset(&waiting)) puts("ESCAPED: signals are blocked or wait");
    if (umask(0) != 022) puts("ESCAPED: another mask of modes");
    if (personality(0xffffffff) != 0) puts("ESCAPED: another personality");
    if (sched_getscheduler(0) != SCHED_OTHER) puts("ESCAPED: another scheduling");
    int parent_signal = 0, reaper = 0;
    prctl(PR_GET_PDEATHSIG, &parent_signal), prctl(PR_GET_CHILD_SUBREAPER, &reaper);
    if (parent_signal || reaper) printf("ESCAPED: signal %d at the parent's death, reaper %d\n", parent_signal, reaper);
    struct itimerval timer;
    for (int which = 0; which < 3; which++)
        if (getitimer(which, &timer) == 0 && (timer.it_value.tv_sec || timer.it_value.tv_usec)) puts("ESCAPED: a timer runs");
    struct rusage children;
    getrusage(RUSAGE_CHILDREN, &children);
    if (children.ru_maxrss || children.ru_utime.tv_usec) puts("ESCAPED: children of before");
    puts("stopped");
}
