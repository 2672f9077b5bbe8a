// Reads from pipes, sockets and names more than was put in, to get what was in the kernel's buffers before.
// expect: stopped

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static unsigned char space[65536];

// All bytes behind the first `used` must be as they were.
static void look(const char *what, long got, long used) {
    if (got != used) printf("ESCAPED: %ld bytes instead of %ld from %s\n", got, used, what);
    for (unsigned i = used; i < sizeof space; i++)
        if (space[i] != 0xa5) {
            printf("ESCAPED: byte %u changed by %s\n", i, what);
            break;
        }
    memset(space, 0xa5, sizeof space);
}

int main() {
    int two[2], pair[2], count = -1;
    if (pipe(two) != 0 || socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) != 0) return 1;
    memset(space, 0xa5, sizeof space);
    if (write(two[1], "abc", 3) != 3 || ioctl(two[0], FIONREAD, &count) != 0 || count != 3) printf("ESCAPED: %d bytes in the pipe\n", count);
    look("a pipe", read(two[0], space, sizeof space), 3);
    if (write(two[1], "", 0) != 0) return 1;
    for (int flags = 0; flags <= 1; flags++) {
        send(pair[0], "abcde", 5, 0);
        look("a socket", recv(pair[1], space, sizeof space, flags ? MSG_PEEK | MSG_TRUNC : MSG_DONTWAIT), 5);
    }
    // The name of a socket without one is its family alone; of an abstract one, as many bytes as were given.
    socklen_t size = sizeof space;
    getsockname(pair[0], (void *)space, &size);
    look("a socket's name", size, 2);
    int named = socket(AF_UNIX, SOCK_DGRAM, 0);
    struct sockaddr_un name = {AF_UNIX, "\0abc"};
    if (bind(named, (void *)&name, 6) != 0) return 1;
    size = sizeof space;
    getsockname(named, (void *)space, &size);
    look("an abstract name", size, 6);
    look("a link's target", readlink("/dev/stdin", (char *)space, sizeof space), strlen("fd/0"));
    puts("stopped");
}
