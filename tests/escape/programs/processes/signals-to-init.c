// Sends init every signal in every way there is; then its orphan must still be reaped.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int pidfd = syscall(SYS_pidfd_open, 1, 0), arrived = 0;
    for (int number = 1; number < 65; number++) {
        siginfo_t info = {.si_signo = number, .si_code = SI_QUEUE};
        arrived += !kill(1, number);
        arrived += !syscall(SYS_tgkill, 1, 1, number);
        arrived += !syscall(SYS_tkill, 1, number);
        arrived += !syscall(SYS_rt_sigqueueinfo, 1, number, &info);
        arrived += !syscall(SYS_rt_tgsigqueueinfo, 1, 1, number, &info);
        arrived += !syscall(SYS_pidfd_send_signal, pidfd, number, 0, 0);
        // What pretends to come from the kernel must be refused, whoever it goes to.
        info.si_code = SI_KERNEL;
        if (!syscall(SYS_rt_sigqueueinfo, 1, number, &info)) printf("ESCAPED signal %d as if from the kernel\n", number);
    }
    printf("%d were taken, all for nothing\n", arrived);
    int ends[2];
    pipe(ends);
    if (!fork()) {
        pid_t orphan = fork();
        if (!orphan) _exit(0);
        write(ends[1], &orphan, sizeof orphan);
        _exit(0);
    }
    wait(0);
    pid_t orphan;
    read(ends[0], &orphan, sizeof orphan);
    // A stopped init would never reap it, and this would go on to the end of our time.
    while (!kill(orphan, 0)) usleep(1000);
    puts("stopped: init works on");
}
