// Signals every process there may be, by number, by group and by thread, and the lure for real.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    int self = getpid(), lure = @LURE_PID@, tried = 0;
    // Signal 0 is checked as any other and harms nobody. Init and its own group are looked at elsewhere.
    for (int pid = 2; pid < 70000; pid++) {
        if (pid == self) continue;
        tried++;
        if (!kill(pid, 0) || errno != ESRCH) printf("ESCAPED process %d: %s\n", pid, strerror(errno));
        if (!kill(-pid, 0) || errno != ESRCH) printf("ESCAPED group %d: %s\n", pid, strerror(errno));
        if (!syscall(SYS_tkill, pid, 0) || errno != ESRCH) printf("ESCAPED thread %d: %s\n", pid, strerror(errno));
    }
    if (lure != self && (!kill(lure, SIGKILL) || errno != ESRCH)) printf("ESCAPED the lure: %s\n", strerror(errno));
    if (lure != self && (!syscall(SYS_tgkill, lure, lure, SIGKILL) || errno != ESRCH)) printf("ESCAPED the lure: %s\n", strerror(errno));
    printf("stopped: %d are not there\n", tried);
}
