// Speaks netlink, by which networks are configured and the kernel reports: every protocol, type and flag of it.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    int types[] = {SOCK_RAW, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_STREAM, SOCK_RAW | SOCK_CLOEXEC, SOCK_DGRAM | SOCK_NONBLOCK};
    unsigned long junk[] = {0, 1UL << 32, 0xffffffffUL << 32};
    for (int t = 0; t < 6; t++)
        // Route, firewall, diagnostics, audit, uevents, SELinux, generic, crypto and what comes after.
        for (int protocol = 0; protocol < 32; protocol++)
            for (int j = 0; j < 3; j++) {
                int fd = syscall(SYS_socket, AF_NETLINK | junk[j], types[t], protocol);
                if (fd >= 0 || (errno != EPERM && errno != EAFNOSUPPORT)) printf("ESCAPED: type %d, protocol %d, errno %d\n", types[t], protocol, errno);
            }
    puts("stopped");
}
