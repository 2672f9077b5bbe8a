// Leaves a process of the compile phase that holds its error output open: the phase must end without waiting for it.
// expect: stopped
// compile-limit: wall_time=30s
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,if test "$0" != as; then setsid sleep 1000 < /dev/null > /dev/null & fi; "$0" "$@"
#include <stdio.h>

int main(void) { puts("stopped"); }
