// Asks descriptors of processes and namespaces for others: init's by its pidfd, the parent's and the owner's, the next mount namespace.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    int init = syscall(SYS_pidfd_open, 1, 0);
    // PIDFD_GET_*_NAMESPACE, 1 to 10.
    for (int number = 1; number <= 10; number++)
        if (ioctl(init, _IO(0xff, number), 0) >= 0) printf("ESCAPED: namespace %d of init\n", number);
    const char *names[] = {"cgroup", "ipc", "mnt", "net", "pid", "user", "uts", "time"};
    for (int i = 0; i < 8; i++) {
        char path[40];
        sprintf(path, "/proc/self/ns/%s", names[i]);
        int own = open(path, O_RDONLY);
        struct stat mine, other;
        fstat(own, &mine);
        int parent = ioctl(own, _IO(0xb7, 2));
        if (parent >= 0) printf("ESCAPED: the parent of %s\n", names[i]);
        // NS_MNT_GET_NEXT and _PREV, which write what they find (16 bytes).
        char info[16] = {16};
        for (int number = 11; number <= 12; number++)
            if (ioctl(own, _IOC(_IOC_READ, 0xb7, number, 16), info) >= 0) printf("ESCAPED: a neighbour of %s\n", names[i]);
        // NS_GET_USERNS: without root it is its own, which it has anyway.
        int owner = ioctl(own, _IO(0xb7, 1));
        if (owner >= 0 && (fstat(owner, &other), stat("/proc/self/ns/user", &mine), other.st_ino != mine.st_ino)) printf("ESCAPED: the owner of %s\n", names[i]);
        sprintf(path, "/proc/1/ns/%s", names[i]);
        if (open(path, O_RDONLY) >= 0) printf("ESCAPED: %s of init\n", names[i]);
    }
    puts("stopped");
}
