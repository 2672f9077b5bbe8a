// Attaches to the shared memory, semaphore and queue of the program beside it, by their keys and by their small numbers.
// expect: stopped
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    time_t end = time(0) + 2;
    int tried = 0;
    for (; time(0) < end || tried < 3; tried++, usleep(20000)) {
        if (shmget(0x5ec2e7, 0, 0) >= 0 || semget(0x5ec2e7, 0, 0) >= 0 || msgget(0x5ec2e7, 0) >= 0) puts("ESCAPED the key is known");
        // Nothing is written, taken or set: what is found may be the host's, and its owner needs it.
        for (int id = 0; id < 100; id++) {
            struct msqid_ds queue;
            char *shared = shmat(id, 0, SHM_RDONLY);
            if (shared != (void *)-1) printf("ESCAPED segment %d: %.16s\n", id, shared), shmdt(shared);
            if (msgctl(id, IPC_STAT, &queue) >= 0) printf("ESCAPED queue %d\n", id);
            if (semctl(id, 0, GETVAL) >= 0) printf("ESCAPED semaphore %d\n", id);
        }
    }
    if (shmget(@LURE_SHM@, 0, 0) >= 0) printf("ESCAPED the lure: %.64s\n", (char *)shmat(shmget(@LURE_SHM@, 0, 0), 0, SHM_RDONLY));
    printf("stopped after %d\n", tried);
}
