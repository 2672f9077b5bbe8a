// Leaves processes that are hard to end: in sessions of their own, deaf to signals, stopped, waiting for vfork, traced by nobody.
// expect: stopped
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void) {
    int ends[2];
    char byte;
    if (pipe(ends)) return 1;
    for (int kind = 0; kind < 4; kind++) {
        if (fork()) continue;
        setsid();
        if (fork()) _exit(0);
        for (int signal_number = 1; signal_number < 65; signal_number++) signal(signal_number, SIG_IGN);
        prctl(PR_SET_NAME, "residue");
        write(ends[1], "!", 1);
        if (kind == 1) raise(SIGSTOP);
        if (kind == 2 && vfork() == 0) for (;;) pause();
        if (kind == 3) for (;;) if (fork() > 0) _exit(0);
        for (;;) pause();
    }
    for (int kind = 0; kind < 4; kind++)
        if (read(ends[0], &byte, 1) != 1) return 1;
    puts("stopped: planted");
}
