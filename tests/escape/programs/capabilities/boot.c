// Touches the machine's power: Ctrl-Alt-Del off, another kernel, sleep by /proc and /sys, magic keys.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/reboot.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void must_fail(const char *what, long result) {
    printf("%s%s: %s\n", result == -1 && (errno == EPERM || errno == ENOSYS) ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    must_fail("reboot", syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, LINUX_REBOOT_CMD_CAD_OFF, 0));
    must_fail("kexec_load", syscall(SYS_kexec_load, 0, 0, 0, 0));
    must_fail("kexec_file_load", syscall(SYS_kexec_file_load, -1, -1, 0, 0, 0));
    const char *files[] = {"/proc/sysrq-trigger", "/proc/sys/kernel/sysrq", "/proc/sys/kernel/panic", "/proc/sys/vm/drop_caches", "/sys/power/state", "/dev/watchdog", "/proc/acpi/wakeup"};
    for (int i = 0; i < 7; i++)
        if (open(files[i], O_WRONLY) >= 0) printf("ESCAPED: %s\n", files[i]);
    puts("stopped");
}
