// Meets the limits of processes, files and disk, puts up with it, and succeeds: no limit has ended it.
// expect: stopped
// limit: processes=8 file_size=64KiB
#include <signal.h>
#include <stdio.h>
#include <fcntl.h>
#include <unistd.h>

int main(void) {
    static char block[65536];
    signal(SIGXFSZ, SIG_IGN);
    while (fork() > 0) continue;
    int fd = open("f", O_CREAT | O_WRONLY, 0600);
    while (write(fd, block, sizeof block) > 0) continue;
    if (getpid() > 2) for (;;) pause();
    puts("stopped");
}
