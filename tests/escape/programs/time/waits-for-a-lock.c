// Waits for locks that it holds itself: in files and in memory.
// expect: wall_time_exceeded
// limit: wall_time=500ms
#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <unistd.h>

int main(void) {
    flock(open("lock", O_CREAT | O_RDWR, 0600), LOCK_EX);
    if (fork()) flock(open("lock", O_RDWR), LOCK_EX);
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&mutex);
    pthread_mutex_lock(&mutex);
    for (;;) pause();
}
