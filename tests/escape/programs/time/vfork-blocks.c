// Waits in vfork for a child that is stopped: the parent takes no signal until then.
// expect: wall_time_exceeded
// limit: wall_time=500ms
#include <signal.h>
#include <unistd.h>

int main(void) {
    if (!vfork()) for (;;) raise(SIGSTOP);
    return 0;
}
