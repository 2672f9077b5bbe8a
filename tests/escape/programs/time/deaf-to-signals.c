// Ignores, blocks and handles all signals, and burns processor time.
// expect: cpu_time_exceeded
// limit: cpu_time=300ms wall_time=60s
#include <signal.h>
#include <stddef.h>

static void go_on(int number) { signal(number, go_on); }

int main(void) {
    sigset_t half;
    sigemptyset(&half);
    for (int number = 1; number < 65; number++) {
        signal(number, number % 3 ? go_on : SIG_IGN);
        if (number % 2) sigaddset(&half, number);
    }
    sigprocmask(SIG_BLOCK, &half, NULL);
    for (volatile long n = 0;; n++) continue;
}
