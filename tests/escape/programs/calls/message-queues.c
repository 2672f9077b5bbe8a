// Keeps messages in POSIX queues, memory that stays when the program is gone, and mounts of them that list others'.
// expect: stopped

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <string.h>

int main() {
    struct mq_attr sizes[] = {{.mq_maxmsg = 1, .mq_msgsize = 1}, {.mq_maxmsg = 10, .mq_msgsize = 8192}};
    const char *names[] = {"/queue", "/codecanvas", "/a"};
    for (int i = 0; i < 3; i++) {
        for (int s = 0; s < 2; s++) {
            mqd_t queue = mq_open(names[i], O_CREAT | O_RDWR, 0666, &sizes[s]);
            printf("%s%s: %s\n", queue != -1 ? "ESCAPED " : "", names[i], strerror(errno));
        }
        if (mq_unlink(names[i]) == 0) printf("ESCAPED: %s was there\n", names[i]);
    }
    if (opendir("/dev/mqueue")) puts("ESCAPED: /dev/mqueue");
    puts("stopped");
}
