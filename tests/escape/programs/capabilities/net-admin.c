// Sets options of sockets that are for administrators of networks: marks, forced buffers, foreign addresses, repair, filters.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

int main() {
    int tcp = socket(AF_INET, SOCK_STREAM, 0), udp6 = socket(AF_INET6, SOCK_DGRAM, 0), big = 64 << 20, one = 1;
    if (tcp < 0) return 1;
    struct { const char *name; int fd, level, option, value; } tries[] = {
        {"SO_MARK", tcp, SOL_SOCKET, SO_MARK, 7},
        {"SO_RCVBUFFORCE", tcp, SOL_SOCKET, SO_RCVBUFFORCE, big},
        {"SO_SNDBUFFORCE", tcp, SOL_SOCKET, SO_SNDBUFFORCE, big},
        {"SO_DEBUG", tcp, SOL_SOCKET, SO_DEBUG, one},
        {"SO_PRIORITY", tcp, SOL_SOCKET, SO_PRIORITY, 7},
        {"IP_TRANSPARENT", tcp, IPPROTO_IP, IP_TRANSPARENT, one},
        {"IPV6_TRANSPARENT", udp6, IPPROTO_IPV6, 75, one},
        {"TCP_REPAIR", tcp, IPPROTO_TCP, TCP_REPAIR, one},
        {"iptables", tcp, IPPROTO_IP, 64, one},
        {"ip6tables", udp6, IPPROTO_IPV6, 64, one},
    };
    for (unsigned i = 0; i < sizeof tries / sizeof *tries; i++) {
        int result = setsockopt(tries[i].fd, tries[i].level, tries[i].option, &tries[i].value, 4);
        printf("%s%s: %s\n", result == 0 ? "ESCAPED " : "", tries[i].name, strerror(errno));
    }
    puts("stopped");
}
