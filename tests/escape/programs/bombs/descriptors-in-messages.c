// Has more open files than it may, by keeping them in messages that nobody receives.
// expect: stopped
// limit: open_files=64
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
    int pair[2], kept = 0;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) return 1;
    for (; kept < 2000; kept++) {
        int fd = open("/dev/null", O_RDONLY);
        char byte = 'x', control[CMSG_SPACE(sizeof fd)] = {0};
        struct iovec data = {&byte, 1};
        struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        *head = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
        memcpy(CMSG_DATA(head), &fd, sizeof fd);
        if (sendmsg(pair[0], &message, MSG_DONTWAIT) != 1) break;
        close(fd);
    }
    // As many again as it may have open, and not one more.
    if (kept > 65) printf("ESCAPED %d files are kept\n", kept);
    printf("stopped: %d, %s\n", kept, strerror(errno));
}
