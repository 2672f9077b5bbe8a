// Closes its output at once, so that whoever waits for the end of that takes it for the program's, and fails later.
// expect: exited 8
#include <unistd.h>

int main(void) {
    for (int fd = 0; fd < 3; fd++) close(fd);
    usleep(200000);
    return 8;
}
