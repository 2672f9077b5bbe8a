// Leaves open files in messages between sockets that pass each other around, which nobody has a descriptor of any more.
// expect: stopped
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int send_fd(int over, int fd) {
    char byte = 'x', control[CMSG_SPACE(sizeof fd)] = {0};
    struct iovec data = {&byte, 1};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    *head = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(head), &fd, sizeof fd);
    return sendmsg(over, &message, 0) == 1;
}

int main(void) {
    int planted = 0;
    for (int i = 0; i < 20; i++) {
        int pair[2], file = open("/work/residue", O_CREAT | O_RDWR, 0666), root = open("/", O_PATH), named = socket(AF_UNIX, SOCK_DGRAM, 0);
        struct sockaddr_un name = {.sun_family = AF_UNIX};
        snprintf(name.sun_path + 1, 20, "residue%d", i);
        if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) || bind(named, (void *)&name, sizeof name)) return perror("socket"), 1;
        // Each end lies in the other one's queue, so that both live on without a descriptor.
        planted += send_fd(pair[0], pair[0]) + send_fd(pair[1], pair[1]) + send_fd(pair[0], file) + send_fd(pair[0], root) + send_fd(pair[0], named);
        for (int fd = 3; fd < 20; fd++) close(fd);
    }
    puts(planted == 100 ? "stopped: planted" : "not all was planted");
}
