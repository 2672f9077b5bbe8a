// Is stopped and continued by a child again and again: to who waits for it that is no end.
// expect: exited 6
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    pid_t parent = getpid(), child = fork();
    if (!child) for (;;) kill(parent, SIGCONT), usleep(1000);
    for (int i = 0; i < 50; i++) raise(SIGSTOP);
    kill(child, SIGKILL);
    wait(NULL);
    return 6;
}
