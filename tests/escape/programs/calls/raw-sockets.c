// Opens raw and packet sockets with each flag and junk that could hide the type.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    int families[] = {AF_UNIX, AF_INET, AF_INET6, AF_PACKET, AF_NETLINK}, types[] = {SOCK_RAW, SOCK_PACKET};
    unsigned long flags[] = {0, SOCK_CLOEXEC, SOCK_NONBLOCK, SOCK_CLOEXEC | SOCK_NONBLOCK, 1UL << 32, 0xffffffffUL << 32, 0x100, 0x10000};
    for (int f = 0; f < 5; f++)
        for (int t = 0; t < 2; t++)
            for (int i = 0; i < 8; i++)
                for (int protocol = 0; protocol < 256; protocol += 1) {
                    int fd = syscall(SYS_socket, families[f], types[t] | flags[i], protocol);
                    if (fd >= 0 || (errno != EPERM && errno != EAFNOSUPPORT))
                        printf("ESCAPED: family %d, type %d, flags %#lx, protocol %d: errno %d\n", families[f], types[t], flags[i], protocol, errno);
                    if (fd >= 0) return 0;
                }
    puts("stopped");
}
