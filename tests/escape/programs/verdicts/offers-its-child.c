// Has the kernel rather kill a child, and then hides the death of that behind an early success.
// expect: memory_exceeded
// limit: memory=24MiB
// needs: memory limit
// otherwise: exited 0
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static void end(int number) { _exit(number - SIGCHLD); }

int main(void) {
    signal(SIGCHLD, end);
    if (fork()) for (;;) pause();
    setsid();
    int file = open("/proc/self/oom_score_adj", O_WRONLY);
    if (file >= 0) write(file, "1000", 4);
    for (;;) {
        volatile char *at = malloc(1 << 20);
        if (!at) _exit(1);
        for (int i = 0; i < 1 << 20; i += 4096) at[i] = 1;
    }
}
