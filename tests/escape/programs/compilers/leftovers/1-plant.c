// Leaves at compile time what the next compiler or program might take for its own: headers, caches, start-up files, memory.
// expect: stopped
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
case $1 in *cc1)
    for folder in /work /tmp /dev/shm /tmp/.cache /tmp/go-build /tmp/.local/lib/python3.11/site-packages /usr/local/include; do
        mkdir -p $folder
        echo "int planted;" >$folder/planted.h
        echo "print(\"ESCAPED planted\")" >$folder/usercustomize.py
        echo "echo ESCAPED planted" >$folder/.bashrc
    done
    ipcmk -M 4096 -p 0666 >&2
    ls /work/planted.h /tmp/planted.h /dev/shm/planted.h >/work/found && echo stopped >>/work/found
esac
exec "$@"
*/
#include <stdio.h>

int main(void) {
    FILE *found = fopen("found", "r");
    if (!found) return 1;
    for (int c; (c = getc(found)) != EOF;) putchar(c);
}
