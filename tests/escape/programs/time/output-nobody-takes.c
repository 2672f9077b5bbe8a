// Waits for input that never comes, on its own output: a pipe that it reads from.
// expect: wall_time_exceeded
// limit: wall_time=500ms
#include <fcntl.h>
#include <unistd.h>

int main(void) {
    char byte;
    int back = open("/proc/self/fd/1", O_RDONLY);
    for (;;) read(back, &byte, 1), pause();
}
