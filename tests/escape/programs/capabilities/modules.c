// Loads and unloads kernel modules, and sets the program that the kernel loads them with.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void must_fail(const char *what, long result) {
    printf("%s%s: %s\n", result == -1 && (errno == EPERM || errno == ENOSYS) ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    int file = open("/proc/self/exe", O_RDONLY);
    must_fail("init_module", syscall(SYS_init_module, "\177ELF", 4, ""));
    must_fail("finit_module", syscall(SYS_finit_module, file, "", 0));
    must_fail("finit_module, forced", syscall(SYS_finit_module, file, "", 3));
    must_fail("delete_module", syscall(SYS_delete_module, "no_such_module", O_NONBLOCK));
    const char *helpers[] = {"/proc/sys/kernel/modprobe", "/proc/sys/kernel/hotplug", "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/poweroff_cmd"};
    for (int i = 0; i < 4; i++)
        if (open(helpers[i], O_WRONLY) >= 0) printf("ESCAPED: %s can be set\n", helpers[i]);
    puts("stopped");
}
