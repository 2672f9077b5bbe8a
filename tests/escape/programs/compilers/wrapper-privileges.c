// Runs a script in place of the compiler, which is this very file: it looks whether compilers have a privilege that programs have not.
// expect: stopped
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
case $1 in *cc1)
    {
        [ "$(id -u)" != 0 ] || echo "ESCAPED a compiler is root"
        grep "^Cap" /proc/self/status | grep -v "0000000000000000" | sed "s/^/ESCAPED /"
        grep -q "^NoNewPrivs:.1" /proc/self/status || echo "ESCAPED new privileges can be had"
        grep -q "^Seccomp:.2" /proc/self/status || echo "ESCAPED there is no filter"
        [ "$(ulimit -c)" = 0 ] || echo "ESCAPED cores are written"
        unshare -r true && echo "ESCAPED a namespace was made"
        mount -t tmpfs none /work && echo "ESCAPED mounted"
        ls -l /proc/self/fd | grep -vE "pipe:|/dev/null|/proc/[0-9]+/fd|main.c|found|memfd|total" | sed "s/^/ESCAPED descriptor /"
        echo "stopped: $(grep CapBnd /proc/self/status)"
    } >found
esac
exec "$@"
*/
#include <stdio.h>

int main(void) {
    FILE *found = fopen("found", "r");
    if (!found) return 1;
    for (int c; (c = getc(found)) != EOF;) putchar(c);
}
