// Makes a thousand orphans, which init has to reap: it must neither tire nor mistake one of them for the program.
// expect: stopped
// limit: processes=16 cpu_time=60s wall_time=120s
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int orphans = 0;
    for (long tries = 0; orphans < 1000 && tries < 3000000; tries++) {
        pid_t pid = fork();
        if (!pid) {
            pid_t orphan = fork();
            _exit(orphan ? orphan < 0 : 77);
        }
        int status = 1;
        if (pid > 0) waitpid(pid, &status, 0);
        orphans += pid > 0 && !status;
        // Until some have been reaped there is no number left.
        if (pid < 0 || status) usleep(100);
    }
    printf(orphans == 1000 ? "stopped\n" : "only %d orphans\n", orphans);
}
