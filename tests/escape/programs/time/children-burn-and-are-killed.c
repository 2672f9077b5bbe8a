// Has children burn a little processor time each and kills them: the time of the dead counts.
// expect: cpu_time_exceeded
// limit: cpu_time=400ms wall_time=60s
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    for (;;) {
        pid_t pid = fork();
        if (!pid) for (volatile long n = 0;; n++) continue;
        usleep(30000);
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
    }
}
