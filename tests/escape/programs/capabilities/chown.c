// Gives files away and takes others': own ones to root, the system's to itself, and changes modes of what is not its own.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void must_fail(const char *what, int result) {
    int denied = result == -1 && (errno == EPERM || errno == EROFS || errno == EINVAL);
    printf("%s%s: %s\n", denied ? "" : "ESCAPED ", what, result ? strerror(errno) : "done");
}

int main() {
    int file = open("/work/file", O_CREAT | O_RDWR, 0644), path = open("/work/file", O_PATH);
    must_fail("own file to root", fchown(file, 0, -1));
    must_fail("own file to root's group", fchown(file, -1, 0));
    must_fail("own file to a neighbour", chown("/work/file", getuid() + 1, getgid() + 1));
    must_fail("own file by an O_PATH descriptor", fchownat(path, "", 0, 0, AT_EMPTY_PATH));
    must_fail("own file by /proc", chown("/proc/self/fd/3", 0, 0));
    const char *others[] = {"/usr/bin/su", "/etc/passwd", "/dev/null", "/", "/tmp/..", "/proc/self/status", "/usr"};
    for (int i = 0; i < 7; i++) {
        must_fail(others[i], chown(others[i], getuid(), getgid()));
        must_fail(others[i], lchown(others[i], 0, 0));
        must_fail(others[i], chmod(others[i], 0777));
    }
    puts("stopped");
}
