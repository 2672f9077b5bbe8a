// Leaves more data in the working directory than the program may have memory.
// expect: stopped
// limit: memory=16MiB
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; head -c 50M /dev/zero > large
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    static char block[1 << 16];
    long seen = 0;
    int fd = open("large", O_RDONLY);
    for (ssize_t n; (n = read(fd, block, sizeof block)) > 0;) seen += n;
    puts(seen == 50 << 20 ? "stopped" : "it is not all there");
}
