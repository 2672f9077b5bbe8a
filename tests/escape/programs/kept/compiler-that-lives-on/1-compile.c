// Has its compiler leave a process that holds the program open and goes on writing to it: later runs find what the first one found.
// expect: stopped
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; setsid sh -c 'trap "" TERM HUP; exec 3>>main.c; while :; do echo spoilt >&3; echo late > late; done' > /dev/null 2>&1 < /dev/null & true
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    struct stat before, after;
    if (stat("main.c", &before)) return 1;
    usleep(200000);
    if (stat("main.c", &after)) return 1;
    puts(before.st_size == after.st_size && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec ? "stopped" : "ESCAPED the compiler's process writes on");
}
