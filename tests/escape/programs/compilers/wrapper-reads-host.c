// Runs a script in place of the compiler, which is this very file: it reads the host.
// expect: stopped
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
case $1 in *cc1)
    for path in @LURE_FILE@ /etc/shadow /proc/1/environ /proc/1/root/etc/shadow /proc/@LURE_PID@/environ /root/.bashrc /etc/machine-id; do
        if cat $path >stolen; then echo "ESCAPED $path"; cat stolen; fi
    done >found
    for folder in /root /home /var /run /boot /sys /mnt @LURE_FOLDER@; do
        if [ -e $folder ]; then echo "ESCAPED there is $folder"; fi
    done >>found
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
