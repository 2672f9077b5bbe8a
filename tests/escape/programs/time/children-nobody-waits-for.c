// Has children burn a little processor time each, and has the kernel forget them: with SIGCHLD ignored their time is nobody's.
// expect: cpu_time_exceeded
// limit: cpu_time=200ms wall_time=5s
// needs: processor time
// otherwise: wall_time_exceeded
#include <signal.h>
#include <unistd.h>

int main(void) {
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        pid_t pid = fork();
        if (!pid) for (volatile long n = 0;; n++) continue;
        usleep(20000);
        kill(pid, SIGKILL);
    }
}
