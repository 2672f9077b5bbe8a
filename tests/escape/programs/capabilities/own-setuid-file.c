// Makes itself a setuid and setgid program of root in each writable folder, and runs that.
// expect: stopped

#include <fcntl.h>
#include <stdio.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc > 1) {
        if (geteuid() != getuid() || getegid() != getgid() || geteuid() == 0) printf("ESCAPED: %s runs as %d:%d\n", argv[0], geteuid(), getegid());
        return 42;
    }
    const char *paths[] = {"/work/file", "/tmp/file", "/dev/shm/file"};
    for (int i = 0; i < 3; i++) {
        int from = open("/proc/self/exe", O_RDONLY), to = open(paths[i], O_CREAT | O_WRONLY, 0755);
        while (sendfile(to, from, 0, 1 << 20) > 0) {}
        if (fchown(to, 0, 0) == 0 || fchown(to, 0, -1) == 0 || fchown(to, -1, 0) == 0) printf("ESCAPED: %s belongs to root\n", paths[i]);
        if (fchmod(to, 06755) != 0) return 1;
        close(to), close(from);
        if (fork() == 0) execl(paths[i], paths[i], "x", NULL), _exit(42);
        int status;
        if (wait(&status) < 0 || WEXITSTATUS(status) != 42) return 1;
    }
    puts("stopped");
}
