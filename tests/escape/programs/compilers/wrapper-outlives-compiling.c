// Starts a process at compile time that would still be there at run time, writing into the working directory.
// expect: stopped
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
case $1 in *cc1)
    setsid sh -c "trap : TERM HUP; while :; do echo >>/work/ticks; sleep 0.01; done" </dev/null >/dev/null 2>&1 &
    while ! [ -s /work/ticks ]; do sleep 0.01; done
esac
exec "$@"
*/
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    struct stat before, after;
    if (stat("ticks", &before)) return 1;
    usleep(300000);
    stat("ticks", &after);
    if (after.st_size != before.st_size) puts("ESCAPED it still writes");
    if (!kill(-1, 0)) puts("ESCAPED another process is there");
    puts("stopped");
}
