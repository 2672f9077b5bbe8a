// Fills files in every folder that it may write to: they are memory, and count as such.
// expect: memory_exceeded
// limit: memory=24MiB disk=32MiB file_size=32MiB
// needs: memory limit
// otherwise: disk_exceeded
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

int main(void) {
    static char block[65536];
    const char *names[] = {"/work/f", "/tmp/f", "/dev/shm/f"};
    int fds[3], full = 0;
    signal(SIGXFSZ, SIG_IGN);
    memset(block, 1, sizeof block);
    for (int i = 0; i < 3; i++) fds[i] = open(names[i], O_CREAT | O_WRONLY, 0600);
    for (int i = 0; full < 3000; i++) full += write(fds[i % 3], block, sizeof block) <= 0;
    return 1;
}
