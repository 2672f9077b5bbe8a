// Has its compiler give a.out the rights of its owner, and of a group.
// expect: stopped
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; if test -e a.out; then chown 0:0 a.out; chmod 7777 a.out; fi
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/auxv.h>
#include <unistd.h>

int main(void) {
    uid_t real, effective, saved;
    getresuid(&real, &effective, &saved);
    if (!effective || !saved || real != effective || getauxval(AT_SECURE)) printf("ESCAPED %d %d %d\n", real, effective, saved);
    puts("stopped");
}
