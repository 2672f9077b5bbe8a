// Passes descriptors to itself over a socket, init's and the host's among them, and forges who sends.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int send_control(int socket, int type, void *data, size_t size) {
    char space[CMSG_SPACE(64)] = {0}, byte = 'x';
    struct iovec one = {&byte, 1};
    struct msghdr message = {.msg_iov = &one, .msg_iovlen = 1, .msg_control = space, .msg_controllen = CMSG_SPACE(size)};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    *header = (struct cmsghdr){.cmsg_len = CMSG_LEN(size), .cmsg_level = SOL_SOCKET, .cmsg_type = type};
    memcpy(CMSG_DATA(header), data, size);
    return sendmsg(socket, &message, 0);
}

int main() {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return 1;
    // What is not open here cannot be passed, whatever is open at that number elsewhere.
    for (int fd = -200; fd < 300; fd++) {
        if (fd >= 0 && fd < 3) continue;
        if (fd == pair[0] || fd == pair[1]) continue;
        if (send_control(pair[0], SCM_RIGHTS, &fd, sizeof fd) != -1 || errno != EBADF) printf("ESCAPED: passed %d, errno %d\n", fd, errno);
    }
    struct ucred forged[] = {{1, getuid(), getgid()}, {getpid(), 0, 0}, {getpid(), getuid(), 0}, {0, 0, 0}, {@LURE_PID@, getuid(), getgid()}};
    for (int i = 0; i < 5; i++)
        if (send_control(pair[0], SCM_CREDENTIALS, &forged[i], sizeof forged[i]) != -1 || (errno != EPERM && errno != ESRCH && errno != EINVAL))
            printf("ESCAPED: sent as process %d, user %d, errno %d\n", forged[i].pid, forged[i].uid, errno);
    // What is open can be.
    int fd = 1;
    if (send_control(pair[0], SCM_RIGHTS, &fd, sizeof fd) != 1) return 1;
    puts("stopped");
}
