// Leaves a process of the compile phase, deaf and in a session of its own, that changes files for ever: it must end with its phase.
// expect: stopped
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,setsid sh -c 'trap "" TERM; while date > late; do sleep 0.02; done' > /dev/null 2>&1 & "$0" "$@"
#include <stdio.h>
#include <unistd.h>

int main(void) {
    if (unlink("late")) return 1;
    usleep(400000);
    puts(access("late", F_OK) ? "stopped" : "ESCAPED the compiler's daemon lives on");
}
