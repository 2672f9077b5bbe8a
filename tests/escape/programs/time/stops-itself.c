// Stops itself and its whole process group: what is stopped takes no signal but one.
// expect: wall_time_exceeded
// limit: wall_time=500ms
#include <signal.h>
#include <unistd.h>

int main(void) {
    fork();
    kill(0, SIGSTOP);
    kill(-1, SIGSTOP);
    for (;;) raise(SIGSTOP);
}
