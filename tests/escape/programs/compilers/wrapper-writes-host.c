// Runs a script in place of the compiler, which is this very file: it writes where others run programs from.
// expect: stopped
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
case $1 in *cc1)
    for path in /usr/bin/planted /usr/lib/planted /etc/ld.so.preload /etc/profile /bin/sh $1 /proc/sys/kernel/core_pattern \
        /planted /dev/planted @LURE_FILE@ @LURE_FOLDER@/planted /usr/include/stdio.h; do
        if (echo >>$path); then echo "ESCAPED wrote $path"; fi
    done >found
    echo "stopped: the script ran as $(id)" >>found
esac
exec "$@"
*/
#include <stdio.h>

int main(void) {
    FILE *found = fopen("found", "r");
    if (!found) return 1;
    for (int c; (c = getc(found)) != EOF;) putchar(c);
}
