// Asks a namespace's descriptor for what is above it: its parent, its owner, its neighbours in the list of all, processes outside.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

struct info { unsigned size, mounts; unsigned long id; };

int main(void) {
    const char *names[] = {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup", "time"};
    for (int n = 0; n < 8; n++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/self/ns/%s", names[n]);
        int fd = open(path, O_RDONLY);
        if (fd < 0) continue;
        // NS_GET_USERNS of all but its own user namespace's things gives that one, which it is in anyway.
        int parent = ioctl(fd, _IO(0xb7, 2));
        if (parent >= 0) printf("ESCAPED the parent of %s\n", names[n]);
        int owner = ioctl(fd, _IO(0xb7, 1));
        if (owner >= 0 && (n == 0 || ioctl(owner, _IO(0xb7, 2)) >= 0)) printf("ESCAPED above the owner of %s\n", names[n]);
        struct info info = {sizeof info, 0, 0};
        for (int number = 11; number <= 12; number++)
            if (ioctl(fd, _IOC(_IOC_READ, 0xb7, number, sizeof info), &info) >= 0) printf("ESCAPED a neighbour of %s\n", names[n]);
        // NS_GET_PID_FROM_PIDNS and its three neighbours translate ids; the lure is in no namespace that it can name.
        for (int number = 6; number <= 9; number++)
            if (@LURE_PID@ > 100 && ioctl(fd, _IOR(0xb7, number, int), @LURE_PID@) > 0) printf("ESCAPED the lure, by %s\n", names[n]);
    }
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (s < 0 || ioctl(s, 0x894c /* SIOCGSKNS */) >= 0 || errno != EPERM) printf("ESCAPED the network namespace of a socket: %s\n", strerror(errno));
    puts("stopped");
}
