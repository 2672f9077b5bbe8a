// Makes an interface of its own by the tunnel device and others that lead to networks, and opens the machine's.
// expect: stopped

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

int main() {
    const char *names[] = {"/dev/net/tun", "/dev/tun", "/dev/tap0", "/dev/vhost-net", "/dev/vhost-vsock", "/dev/vsock", "/dev/ppp", "/dev/vfio/vfio", "/dev/rfkill", "/dev/uinput"};
    for (int i = 0; i < 10; i++) {
        int fd = open(names[i], O_RDWR);
        printf("%s%s: %s\n", fd >= 0 ? "ESCAPED " : "", names[i], strerror(errno));
    }
    if (mknod("/work/tun", S_IFCHR | 0600, makedev(10, 200)) == 0) puts("ESCAPED: the device was made");
    puts("stopped");
}
