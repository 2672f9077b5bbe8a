// Fills the working directory at compile time and makes it read-only, so that the program cannot be started in it any more.
// expect: stopped
// compile-limit: disk=4MiB
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
case $1 in *collect2)
    "$@" || exit
    cat /dev/zero >/work/fill
    chmod 111 /work
    exit 0
esac
exec "$@"
*/
#include <fcntl.h>
#include <stdio.h>

int main(void) {
    puts(open("new", O_CREAT | O_WRONLY, 0644) < 0 ? "stopped" : "the folder is not read-only");
}
