// Reads and writes other processes' memory: process_vm_readv and writev, and /proc/<pid>/mem of init.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static char secret[16] = "mine";

int main(void) {
    pid_t child = fork();
    if (!child) {
        pause();
        _exit(0);
    }
    char got[16];
    // What is written goes to address 0: whoever is let through gets EFAULT, and nobody is harmed.
    struct iovec ours = {got, 16}, theirs = {secret, 16}, nowhere = {0, 16};
    int targets[] = {1, getppid(), child, getpid(), @LURE_PID@};
    for (int i = 0; i < 5; i++) {
        if (process_vm_readv(targets[i], &ours, 1, &theirs, 1, 0) >= 0 || errno != EPERM) printf("ESCAPED read %d: %s\n", targets[i], strerror(errno));
        if (process_vm_writev(targets[i], &ours, 1, &nowhere, 1, 0) >= 0 || errno != EPERM) printf("ESCAPED wrote %d: %s\n", targets[i], strerror(errno));
        char path[64];
        snprintf(path, sizeof path, "/proc/%d/mem", targets[i]);
        if (open(path, O_RDWR) >= 0 || open(path, O_WRONLY) >= 0) printf("ESCAPED %s opens for writing\n", path);
        if (targets[i] != child && targets[i] != getpid() && open(path, O_RDONLY) >= 0) printf("ESCAPED %s opens\n", path);
    }
    kill(child, SIGKILL);
    wait(0);
    puts("stopped: EPERM");
}
