// Mounts its own folder over /usr, /etc and /proc, and the host's programs where it may write.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    const char *places[] = {"/usr", "/etc", "/proc", "/dev", "/", "/bin", "/tmp", "/etc/passwd"};
    mkdir("/work/mine", 0755);
    close(open("/work/mine/marker", O_CREAT | O_WRONLY, 0644));
    for (unsigned i = 0; i < sizeof places / sizeof *places; i++) {
        char marker[64];
        snprintf(marker, sizeof marker, "%s/marker", places[i]);
        if (!mount("/work/mine", places[i], 0, MS_BIND, 0) || errno != EPERM) printf("ESCAPED over %s: %s\n", places[i], strerror(errno));
        if (!mount(places[i], "/work/mine", 0, MS_BIND | MS_REC, 0) || errno != EPERM) printf("ESCAPED from %s: %s\n", places[i], strerror(errno));
        if (!access(marker, F_OK)) printf("ESCAPED %s is there\n", marker);
    }
    if (access("/work/mine/marker", F_OK)) puts("ESCAPED the marker is covered");
    puts("stopped: EPERM");
}
