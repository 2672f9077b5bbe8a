// Opens pipes that nobody else opens, in as many processes and ways as there are.
// expect: wall_time_exceeded
// limit: wall_time=500ms
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    mkfifo("read", 0600), mkfifo("write", 0600), mkfifo("execute", 0700);
    char byte, *none[] = {NULL};
    int ends[2];
    if (fork() == 0) return open("read", O_RDONLY);
    if (fork() == 0) return open("write", O_WRONLY);
    if (fork() == 0) return execve("execute", none, none), pipe(ends), read(ends[0], &byte, 1);
    return open("read", O_RDONLY);
}
