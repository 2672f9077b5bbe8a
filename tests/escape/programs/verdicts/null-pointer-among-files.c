// Crashes with files in memory that take more than a stack may.
// expect: signaled SIGSEGV
// limit: stack=16MiB memory=128MiB
#include <fcntl.h>
#include <unistd.h>

int main(void) {
    static char block[1 << 20];
    int fd = open("/dev/shm/f", O_CREAT | O_WRONLY, 0600);
    for (int i = 0; i < 40; i++) write(fd, block, sizeof block);
    *(volatile int *)0 = 1;
}
