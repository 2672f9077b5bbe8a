// Maps root of the host to itself, allows itself groups and sets its login user, from itself and from a child.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void put(const char *file, const char *text) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", getppid() > 1 ? getppid() : getpid(), file);
    for (int own = 0; own < 2; own++) {
        char self[64];
        snprintf(self, sizeof self, "/proc/self/%s", file);
        int fd = open(own ? self : path, O_WRONLY);
        if (fd >= 0 && write(fd, text, strlen(text)) > 0) printf("ESCAPED %s is now %s\n", file, text);
        if (fd < 0 && errno != EROFS && errno != EACCES && errno != ENOENT) printf("ESCAPED, or nearly: %s %s\n", file, strerror(errno));
    }
}

int main(void) {
    int child = fork() == 0;
    put("uid_map", "0 0 4294967295");
    put("gid_map", "0 0 4294967295");
    put("projid_map", "0 0 4294967295");
    put("setgroups", "allow");
    put("loginuid", "0");
    put("sessionid", "0");
    put("attr/current", "unconfined");
    put("attr/exec", "unconfined");
    if (child) _exit(0);
    wait(0);
    if (!setuid(0) || !setgid(0) || !seteuid(0) || !setresuid(0, 0, 0) || !geteuid()) puts("ESCAPED it is root");
    puts("stopped");
}
