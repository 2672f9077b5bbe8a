// Keeps its orphans from init (PR_SET_CHILD_SUBREAPER) in a session of their own, deaf to signals, and ends: they must end with it.
// expect: stopped
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void) {
    int ready[2];
    char c;
    pipe(ready);
    if (!fork()) {
        prctl(PR_SET_CHILD_SUBREAPER, 1);
        prctl(PR_SET_PDEATHSIG, 0);
        setsid();
        for (int i = 0; i < 4; i++)
            if (!fork()) {
                // Each is orphaned once more, and adopted by the one above.
                if (fork()) _exit(0);
                for (int number = 1; number < 65; number++) signal(number, SIG_IGN);
                setsid();
                write(ready[1], "r", 1);
                // Output stays open: whoever waited for its end would wait for ever.
                for (;;) pause();
            }
        for (;;) pause();
    }
    for (int i = 0; i < 4; i++) read(ready[0], &c, 1);
    puts("stopped");
}
