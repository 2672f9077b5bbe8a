// Ignores, blocks and handles all signals, and sleeps on whatever wakes it.
// expect: wall_time_exceeded
// limit: wall_time=500ms
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

static void go_on(int number) { signal(number, go_on); }

int main(void) {
    struct itimerval soon = {.it_interval = {0, 10000}, .it_value = {0, 10000}};
    for (int number = 1; number < 65; number++) signal(number, go_on);
    setitimer(ITIMER_REAL, &soon, NULL);
    for (;;) pause();
}
