// Ends at once, but leaves daemons that burn processor time: they must end with it, and nothing of theirs counts as too much.
// expect: stopped
// limit: wall_time=5s cpu_time=2s
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    for (int i = 0; i < 5; i++)
        if (!fork()) {
            setsid();
            if (fork()) _exit(0);
            for (int number = 1; number < 65; number++) signal(number, SIG_IGN);
            for (volatile long n = 0;; n++) continue;
        }
    puts("stopped");
}
