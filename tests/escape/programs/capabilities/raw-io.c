// Talks to the hardware: port privileges, physical memory, and the ports themselves.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
#ifdef SYS_iopl
    for (int level = 0; level <= 3; level++)
        if (syscall(SYS_iopl, level) == 0 || errno != EPERM) printf("ESCAPED: iopl(%d), errno %d\n", level, errno);
    if (syscall(SYS_ioperm, 0x80, 1, 1) == 0 || errno != EPERM) printf("ESCAPED: ioperm, errno %d\n", errno);
    if (syscall(SYS_ioperm, 0, 65536, 1) == 0 || errno != EPERM) printf("ESCAPED: ioperm of all, errno %d\n", errno);
#endif
    const char *files[] = {"/dev/mem", "/dev/kmem", "/dev/port", "/dev/nvram", "/dev/cpu/0/msr", "/dev/sda", "/dev/vda", "/dev/kvm", "/dev/vfio/vfio", "/proc/bus/pci", "/sys/bus/pci/devices"};
    for (int i = 0; i < 11; i++)
        if (open(files[i], O_RDONLY) >= 0) printf("ESCAPED: %s\n", files[i]);
    char byte;
    int kcore = open("/proc/kcore", O_RDONLY);
    if (kcore >= 0 && read(kcore, &byte, 1) == 1) puts("ESCAPED: kcore");
    puts("stopped");
}
