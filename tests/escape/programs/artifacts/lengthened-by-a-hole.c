// Has its compiler lengthen a.out by as large a hole as it may: it takes no memory, and neither does running it.
// expect: stopped
// limit: memory=16MiB
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; if test -e a.out; then truncate -s 120M a.out; fi
#include <stdio.h>
#include <sys/stat.h>

int main(void) {
    struct stat binary;
    puts(stat("a.out", &binary) || binary.st_size < 100 << 20 ? "it is as it was" : "stopped");
}
