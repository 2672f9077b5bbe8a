// Has its compiler leave a link to /proc/self/exe as a.out: until the program is executed that is the sandbox's own binary (CVE-2019-5736).
// expect: exited 0 or exited 126
// compile-arg: -shared
// compile-arg: -fPIC
// compile-arg: -o
// compile-arg: inside.so
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; ln -sf /proc/self/exe a.out
// env: LD_PRELOAD=/work/inside.so
// arg: --version
// This library comes into it by LD_PRELOAD, and looks whether that is a file of the host's or can be written to.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

__attribute__((constructor)) static void look(void) {
    char path[256] = "";
    readlink("/proc/self/exe", path, sizeof path - 1);
    // A sealed copy in memory is nothing of the host's.
    int fd = open("/proc/self/exe", O_RDONLY), all = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
    if (fcntl(fd, F_GET_SEALS) < 0 || (fcntl(fd, F_GET_SEALS) & all) != all) printf("ESCAPED %s has seals %#x\n", path, fcntl(fd, F_GET_SEALS));
    if (strncmp(path, "/memfd:", 7)) printf("ESCAPED this is %s of the host\n", path);
    if (open("/proc/self/exe", O_WRONLY) >= 0) puts("ESCAPED it can be written to");
    if (!truncate("/proc/self/exe", 0)) puts("ESCAPED it can be truncated");
    printf("%s: %s\n", path, strerror(errno));
}
