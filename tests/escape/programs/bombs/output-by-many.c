// Prints from many processes at once, by descriptors that each has opened afresh, some of them deaf to signals.
// expect: output_exceeded
// limit: cpu_time=30s wall_time=60s processes=16
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    static char block[4096];
    const char *names[] = {"/dev/stdout", "/proc/self/fd/1", "/dev/stderr", "/proc/self/fd/2"};
    for (int i = 0; i < 4096; i++) block[i] = i % 64 ? 'x' : '\n';
    for (int i = 0; i < 8; i++)
        if (!fork()) {
            signal(SIGPIPE, SIG_IGN);
            setsid();
            int fd = open(names[i % 4], O_WRONLY);
            for (;;) write(fd, block, sizeof block);
        }
    for (;;) pause();
}
