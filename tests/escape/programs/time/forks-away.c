// Lives on in a new process every moment, the last one gone before anybody can look: only all together use much time.
// expect: cpu_time_exceeded
// limit: cpu_time=150ms wall_time=60s
#include <signal.h>
#include <unistd.h>

int main(void) {
    // The program itself stays and waits, or the run would be over.
    if (fork()) for (;;) pause();
    for (;;) {
        for (volatile int n = 0; n < 100000; n++) continue;
        setsid();
        if (fork() > 0) _exit(0);
    }
}
