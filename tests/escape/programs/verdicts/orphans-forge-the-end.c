// Has orphans, which init reaps, end with codes and signals of all kinds before it ends itself.
// expect: exited 3
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    for (int i = 0; i < 200; i++) {
        pid_t pid = fork();
        if (!pid) {
            if (fork()) _exit(0);
            setsid();
            if (i % 2) kill(getpid(), 1 + i % 31);
            _exit(i);
        }
        while (pid < 0 || waitpid(pid, NULL, 0) != pid) if (pid < 0) { usleep(1000); break; }
    }
    return 3;
}
