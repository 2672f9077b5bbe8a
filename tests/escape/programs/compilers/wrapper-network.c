// Runs a script in place of the compiler, which is this very file: it connects to services of the host and beyond.
// expect: stopped
// compile-arg: -wrapper
// compile-arg: bash,main.c
/*
case $1 in *cc1)
    for address in tcp/127.0.0.1/@LURE_TCP@ tcp/::1/@LURE_TCP@ udp/8.8.8.8/53 tcp/169.254.169.254/80 tcp/1.1.1.1/443; do
        if (echo >/dev/$address); then echo "ESCAPED connected to $address"; fi
    done >found
    (echo >/dev/udp/127.0.0.1/@LURE_UDP@)
    tail -n +3 /proc/net/dev | grep -v " lo:" | sed "s/^/ESCAPED interface /" >>found
    echo "stopped: $(tail -n +3 /proc/net/dev)" >>found
esac
exec "$@"
*/
#include <stdio.h>

int main(void) {
    FILE *found = fopen("found", "r");
    if (!found) return 1;
    for (int c; (c = getc(found)) != EOF;) putchar(c);
}
