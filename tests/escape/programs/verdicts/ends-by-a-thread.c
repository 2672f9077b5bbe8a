// Ends its first thread with code 0, and then the whole process by another one with code 5.
// expect: exited 5
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *end(void *nothing) {
    usleep(50000);
    syscall(SYS_exit_group, 5);
    return nothing;
}

int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, end, NULL);
    syscall(SYS_exit, 0);
}
