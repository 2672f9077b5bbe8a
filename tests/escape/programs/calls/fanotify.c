// Watches every file that is opened on the host, and grants or denies it.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <fcntl.h>
#include <sys/fanotify.h>

static void must_fail(const char *what, long result) {
    printf("%s%s: %s\n", result == -1 && (errno == EPERM || errno == ENOSYS) ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    int classes[] = {FAN_CLASS_NOTIF, FAN_CLASS_CONTENT, FAN_CLASS_PRE_CONTENT, FAN_REPORT_FID, FAN_REPORT_FID | FAN_REPORT_DIR_FID | FAN_REPORT_NAME};
    for (int i = 0; i < 5; i++) must_fail("fanotify", syscall(SYS_fanotify_init, classes[i] | FAN_CLOEXEC, O_RDONLY));
    must_fail("with junk above", syscall(SYS_fanotify_init, FAN_REPORT_FID | 1UL << 32, O_RDONLY));
    puts("stopped");
}
