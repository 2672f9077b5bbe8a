// Leaves POSIX shared memory, a named semaphore and a message queue.
// expect: stopped
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
    int fd = shm_open("/residue", O_CREAT | O_RDWR, 0666);
    if (fd < 0 || ftruncate(fd, 4096)) return perror("shm_open"), 1;
    strcpy(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), "residue");
    if (sem_open("/residue", O_CREAT, 0666, 7) == SEM_FAILED) return perror("sem_open"), 1;
    // Queues would live on in the kernel: there are none.
    if (mq_open("/residue", O_CREAT | O_RDWR, 0666, NULL) != -1 || errno != ENOSYS) printf("ESCAPED a queue: %s\n", strerror(errno));
    puts("stopped: planted");
}
