// Sends data with the first packet and without a connection: TCP fast open, zero copy, connect by sendto.
// expect: stopped

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main() {
    struct { const char *name; int port; } targets[] = {{"127.0.0.1", @LURE_TCP@}, {"8.8.8.8", 443}, {"169.254.169.254", 80}, {"192.168.1.1", 80}};
    int one = 1;
    for (int i = 0; i < 4; i++) {
        struct sockaddr_in to = {AF_INET, htons(targets[i].port), {inet_addr(targets[i].name)}};
        int tcp = socket(AF_INET, SOCK_STREAM, 0), udp = socket(AF_INET, SOCK_DGRAM, 0);
        if (sendto(tcp, "data", 4, MSG_FASTOPEN, (void *)&to, sizeof to) >= 0) printf("ESCAPED: fast open to %s\n", targets[i].name);
        close(tcp), tcp = socket(AF_INET, SOCK_STREAM, 0);
        setsockopt(tcp, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &one, sizeof one);
        if (connect(tcp, (void *)&to, sizeof to) == 0 && send(tcp, "data", 4, 0) >= 0) printf("ESCAPED: fast open by connect to %s\n", targets[i].name);
        setsockopt(udp, SOL_SOCKET, SO_ZEROCOPY, &one, sizeof one);
        // A packet to a port of its own loopback where nobody listens is lost.
        if (sendto(udp, "data", 4, MSG_ZEROCOPY, (void *)&to, sizeof to) >= 0 && i > 0) printf("ESCAPED: zero copy to %s\n", targets[i].name);
        printf("%s: %s\n", targets[i].name, strerror(errno));
        close(tcp), close(udp);
    }
    puts("stopped");
}
