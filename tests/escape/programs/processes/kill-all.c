// Kills all processes that it may signal at once: kill(-1), and its parent's group by 0.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void) {
    // Alone with init, which is never meant, it must find nobody. The kernel says so before anything is sent.
    if (!kill(-1, 0) || errno != ESRCH) return printf("ESCAPED somebody would be hit: %s\n", strerror(errno)), 1;
    if (!kill(-1, SIGKILL) || errno != ESRCH) printf("ESCAPED somebody was hit: %s\n", strerror(errno));
    if (getpgrp() != getpid() || getsid(0) != getpid()) printf("ESCAPED it is in the group %d of session %d\n", getpgrp(), getsid(0));
    signal(SIGTERM, SIG_IGN);
    if (kill(0, SIGTERM)) printf("its own group: %s\n", strerror(errno));
    puts("stopped: ESRCH");
}
