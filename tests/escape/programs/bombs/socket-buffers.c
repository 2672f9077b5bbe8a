// Fills the queues of local sockets, which nobody reads.
// expect: memory_exceeded
// limit: memory=16MiB
// needs: memory limit
// otherwise: exited 0
// Without a cgroup nothing counts this: the program then ends by itself.
#include <stdio.h>
#include <sys/socket.h>

int main(void) {
    static char block[32768];
    long held = 0;
    for (int pair[2]; held < 64 << 20 && !socketpair(AF_UNIX, SOCK_STREAM, 0, pair);)
        for (int i = 0; i < 2; i++) {
            int large = 64 << 20;
            setsockopt(pair[i], SOL_SOCKET, SO_SNDBUF, &large, sizeof large);
            for (ssize_t n; held < 64 << 20 && (n = send(pair[i], block, sizeof block, MSG_DONTWAIT)) > 0;) held += n;
        }
    printf("%ld MiB were not refused\n", held >> 20);
}
