// Floods init with every signal, with forged news of a child's end in them.
// expect: exited 4
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    for (int round = 0; round < 20; round++)
        for (int number = 1; number < 65; number++) {
            siginfo_t news;
            memset(&news, 0, sizeof news);
            news.si_signo = number;
            news.si_code = SI_QUEUE;
            news.si_pid = getpid();
            news.si_status = 0;
            kill(1, number);
            syscall(SYS_rt_sigqueueinfo, 1, number, &news);
            // CLD_EXITED is for the kernel alone to say, but of oneself.
            news.si_code = CLD_EXITED;
            if (!syscall(SYS_rt_sigqueueinfo, 1, SIGCHLD, &news)) puts("ESCAPED news that only the kernel may send");
        }
    return 4;
}
