// Runs a script in place of the compiler, which is this very file: it looks for processes of others and signals them.
// expect: stopped
// compile-arg: -wrapper
// compile-arg: bash,main.c
/*
case $1 in *cc1)
    for pid in /proc/[0-9]*; do
        name=$(cat $pid/comm)
        case $name in init|gcc|bash|sh|as|cc1|cat|"") ;; *) echo "ESCAPED saw $name" ;; esac
    done >found
    if kill -0 @LURE_PID@; then echo "ESCAPED can signal the lure"; fi >>found
    if kill -9 1; then sleep 0.1; fi
    echo "stopped: init is still there" >>found
esac
exec "$@"
*/
#include <stdio.h>

int main(void) {
    FILE *found = fopen("found", "r");
    if (!found) return 1;
    for (int c; (c = getc(found)) != EOF;) putchar(c);
}
