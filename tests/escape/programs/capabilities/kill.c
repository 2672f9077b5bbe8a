// Kills, stops and interrupts init and everything else that it can name.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    setpgid(0, 0);
    int signals[] = {SIGKILL, SIGSTOP, SIGTERM, SIGSEGV, SIGTSTP, SIGUSR1, SIGRTMIN};
    for (int i = 0; i < 7; i++) {
        // The kernel keeps signals from init; without root they are only ignored, for it has the same user id.
        kill(1, signals[i]);
        syscall(SYS_tgkill, 1, 1, signals[i]);
        syscall(SYS_tkill, 1, signals[i]);
        siginfo_t info = {.si_signo = signals[i], .si_code = SI_QUEUE};
        syscall(SYS_rt_sigqueueinfo, 1, signals[i], &info);
        int init = syscall(SYS_pidfd_open, 1, 0);
        if (init >= 0) syscall(SYS_pidfd_send_signal, init, signals[i], 0, 0);
        close(init);
        // Minus one is everybody but init and ourselves.
        if (kill(-1, signals[i]) == 0 || errno != ESRCH) printf("ESCAPED: somebody got signal %d\n", signals[i]);
    }
    // Were init gone or stopped, nobody would see this.
    puts("stopped");
}
