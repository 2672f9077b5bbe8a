// Speaks to the hypervisor and to other machines over vsock, which knows no network namespaces.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <linux/vm_sockets.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

int main() {
    int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
    unsigned long junk[] = {0, 1UL << 32, 0xffffffffUL << 32};
    // The hypervisor, its old number, loopback, the host, another guest, any.
    unsigned machines[] = {0, 1, 2, 3, -1U};
    for (int t = 0; t < 3; t++)
        for (int j = 0; j < 3; j++)
            for (int m = 0; m < 5; m++) {
                int s = syscall(SYS_socket, AF_VSOCK | junk[j], types[t], 0);
                if (s == -1 && errno == EAFNOSUPPORT) continue;
                printf("ESCAPED: a socket, errno %d\n", errno);
                struct sockaddr_vm to = {.svm_family = AF_VSOCK, .svm_cid = machines[m], .svm_port = 1024};
                setsockopt(s, AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT, &(struct timeval){1}, sizeof(struct timeval));
                printf("ESCAPED: connect to %u: %d\n", machines[m], connect(s, (void *)&to, sizeof to));
                return 0;
            }
    puts("stopped: EAFNOSUPPORT");
}
