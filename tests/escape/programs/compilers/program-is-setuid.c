// Leaves a program with every special bit set, in the hope that the run gets what compiling could not.
// expect: stopped
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
case $1 in *collect2)
    "$@" || exit
    chown 0:0 /work/a.out
    chmod 7755 /work/a.out
    exit 0
esac
exec "$@"
*/
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    struct stat self;
    stat("a.out", &self);
    if (!(self.st_mode & S_ISUID)) return 1;
    if (!self.st_uid || !geteuid() || geteuid() != getuid() || getegid() != getgid()) puts("ESCAPED the bits count");
    puts("stopped");
}
