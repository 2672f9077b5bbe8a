// Opens internet sockets of every protocol: only TCP and UDP are there, no ICMP, SCTP, DCCP, UDP-Lite, MPTCP, none that loads a module.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    int families[] = {AF_INET, AF_INET6}, types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_RAW, SOCK_DCCP, SOCK_RDM};
    unsigned long junk[] = {0, 0xdeadbeefUL << 32};
    for (int f = 0; f < 2; f++)
        for (int t = 0; t < 6; t++)
            for (unsigned long protocol = 0; protocol < 300; protocol++)
                for (int j = 0; j < 2; j++) {
                    int fd = syscall(SYS_socket, families[f] | junk[j], types[t] | junk[j], protocol | junk[j]);
                    int good = (types[t] == SOCK_STREAM && (protocol == 0 || protocol == IPPROTO_TCP)) || (types[t] == SOCK_DGRAM && (protocol == 0 || protocol == IPPROTO_UDP));
                    if (fd >= 0 && !good) printf("ESCAPED: protocol %lu, type %d\n", protocol, types[t]);
                    if (fd < 0 && good && families[f] == AF_INET) return 1;
                    close(fd);
                }
    puts("stopped: EAFNOSUPPORT");
}
