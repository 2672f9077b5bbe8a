// Attaches one packet filter to a socket, by each option for that and with junk above: thousands freed at once have hung a kernel.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    struct sock_filter keep_all[] = {{6, 0, 0, 0xffff}};
    struct sock_fprog program = {1, keep_all};
    int options[] = {SO_ATTACH_FILTER, SO_ATTACH_BPF, SO_ATTACH_REUSEPORT_CBPF, SO_ATTACH_REUSEPORT_EBPF};
    int sockets[] = {socket(AF_UNIX, SOCK_DGRAM, 0), socket(AF_INET, SOCK_DGRAM, 0), socket(AF_INET, SOCK_STREAM, 0)};
    unsigned long junk[] = {0, 1UL << 32, 0xdeadbeefUL << 32};
    for (int s = 0; s < 3; s++)
        for (int o = 0; o < 4; o++)
            for (int j = 0; j < 3; j++)
                if (syscall(SYS_setsockopt, sockets[s], SOL_SOCKET | junk[j], options[o] | junk[j], &program, sizeof program) != -1 || errno != EPERM) {
                    printf("ESCAPED: option %d, errno %d\n", options[o], errno);
                    return 0;
                }
    puts("stopped: EPERM");
}
