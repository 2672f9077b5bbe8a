// Fills the queues of TCP connections to itself, whose memory old kernels count apart.
// expect: stopped or memory_exceeded
// limit: memory=16MiB open_files=512
// needs: memory limit
// otherwise: exited 0
// Without a cgroup nothing counts this: the program then ends by itself.
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
    static char block[65536];
    long held = 0;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0), calls = 0, large = 8 << 20;
    if (bind(listener, (void *)&address, size) || listen(listener, 512) || getsockname(listener, (void *)&address, &size)) return 1;
    for (; calls < 200 && held < 80 << 20; calls++) {
        int caller = socket(AF_INET, SOCK_STREAM, 0);
        setsockopt(caller, SOL_SOCKET, SO_SNDBUF, &large, sizeof large);
        if (caller < 0 || connect(caller, (void *)&address, size) || accept(listener, NULL, NULL) < 0) break;
        for (ssize_t n; held < 80 << 20 && (n = send(caller, block, sizeof block, MSG_DONTWAIT)) > 0;) held += n;
    }
    // Twice the limit at most: on cgroup v1 sockets have a counter of their own, which stops them and does not kill.
    printf(held > 40 << 20 ? "too much: %d connections, %ld KiB: %s\n" : "stopped: %d connections, %ld KiB: %s\n", calls, held >> 10, strerror(errno));
}
