// Overwrites programs that run: its own file, init's, its parent's, by /proc/<pid>/exe (as CVE-2019-5736 did to runc).
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int tried;

static void overwrite(const char *path) {
    int flags[] = {O_WRONLY, O_RDWR, O_WRONLY | O_NONBLOCK, O_WRONLY | O_APPEND};
    for (int i = 0; i < 4; i++, tried++)
        if (open(path, flags[i]) >= 0) printf("ESCAPED %s opens for writing\n", path);
    int fd = open(path, O_PATH);
    char again[64];
    snprintf(again, sizeof again, "/proc/self/fd/%d", fd);
    if (fd >= 0 && open(again, O_WRONLY) >= 0) printf("ESCAPED %s opens again for writing\n", path);
    printf("%s: %s\n", path, strerror(errno));
}

int main(void) {
    char parent[64], child[64];
    pid_t pid = fork();
    if (!pid) {
        execl("/bin/sleep", "sleep", "100", NULL);
        _exit(1);
    }
    snprintf(parent, sizeof parent, "/proc/%d/exe", getppid());
    snprintf(child, sizeof child, "/proc/%d/exe", pid);
    char target[256];
    // Until the child has become the other program.
    while (readlink(child, target, sizeof target) > 0 && memcmp(target, "/usr", 4)) usleep(1000);
    overwrite("/proc/1/exe");
    overwrite(parent);
    overwrite(child);
    // Init's own file must not even be there to be read or executed.
    if (open("/proc/1/exe", O_RDONLY) >= 0 || readlink("/proc/1/exe", target, sizeof target) >= 0) puts("ESCAPED init's program is open to all");
    if (!fork()) {
        execl("/proc/1/exe", "init", "--version", NULL);
        _exit(0);
    }
    kill(pid, 9);
    while (wait(0) > 0) {}
    puts(tried == 12 ? "stopped" : "not all was tried");
}
