// Watches every descriptor by every other one: their number is the limit's square.
// expect: memory_exceeded
// limit: memory=16MiB open_files=4096
// needs: memory limit
// otherwise: exited 0
// Without a cgroup nothing counts this: the program then ends by itself.
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

int main(void) {
    long watches = 0;
    struct epoll_event event = {.events = EPOLLIN};
    int first = eventfd(0, 0), last = first;
    while (last < 2000) last = eventfd(0, 0);
    for (int set; (set = epoll_create1(0)) >= 0;)
        for (int fd = first; fd < last; fd++)
            if (epoll_ctl(set, EPOLL_CTL_ADD, fd, &event)) goto refused;
            else if (++watches > 500000) goto refused;
refused:
    // Some 200 bytes each.
    printf("%ld watches were not refused\n", watches);
}
