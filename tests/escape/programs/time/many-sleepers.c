// Leaves as many processes asleep as it may have, each in a session of its own, each deaf, and a tree as deep as that.
// expect: wall_time_exceeded
// limit: wall_time=700ms
#include <signal.h>
#include <unistd.h>

int main(void) {
    while (fork() == 0) {
        setsid();
        for (int number = 1; number < 65; number++) signal(number, SIG_IGN);
    }
    for (;;) pause();
}
