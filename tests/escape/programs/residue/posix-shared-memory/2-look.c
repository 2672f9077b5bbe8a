// Opens the last program's shared memory, semaphore and message queue by their names.
// expect: stopped
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

int main(void) {
    if (shm_open("/residue", O_RDWR, 0) >= 0 || errno != ENOENT) printf("ESCAPED shared memory: %s\n", strerror(errno));
    if (sem_open("/residue", 0) != SEM_FAILED || errno != ENOENT) printf("ESCAPED semaphore: %s\n", strerror(errno));
    if (mq_open("/residue", O_RDWR) != -1 || errno != ENOSYS) printf("ESCAPED queue: %s\n", strerror(errno));
    puts("stopped");
}
