// Closes all its descriptors, so that it looks finished to whoever reads its output, and goes on.
// expect: wall_time_exceeded
// limit: wall_time=500ms
#include <unistd.h>

int main(void) {
    for (int fd = 0; fd < 256; fd++) close(fd);
    for (;;) pause();
}
