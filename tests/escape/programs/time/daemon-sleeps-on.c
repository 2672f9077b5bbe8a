// Ends at once, but leaves daemons that sleep in sessions of their own: the report must not wait for them.
// expect: stopped
// limit: wall_time=5s
#include <stdio.h>
#include <unistd.h>

int main(void) {
    for (int i = 0; i < 5; i++)
        if (!fork()) {
            setsid();
            if (fork()) _exit(0);
            for (;;) sleep(1000);
        }
    puts("stopped");
}
