// Puts a secret into System V shared memory, a semaphore and a queue with known keys, open to everyone, and waits.
// expect: stopped
// beside: yes
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>

int main(void) {
    int shm = shmget(0x5ec2e7, 4096, IPC_CREAT | 0666), sem = semget(0x5ec2e7, 1, IPC_CREAT | 0666), msg = msgget(0x5ec2e7, IPC_CREAT | 0666);
    char *shared = shmat(shm, 0, 0);
    if (shm < 0 || sem < 0 || shared == (void *)-1) return puts("there is no shared memory"), 1;
    strcpy(shared, "a secret");
    struct { long type; char text[16]; } message = {1, "a secret"};
    if (msg >= 0) msgsnd(msg, &message, 16, IPC_NOWAIT);
    sleep(1);
    struct shmid_ds info;
    if (shmctl(shm, IPC_STAT, &info) || info.shm_nattch != 1 || info.shm_lpid != getpid()) puts("ESCAPED a neighbour was here");
    if (strcmp(shared, "a secret") || semctl(sem, 0, GETVAL) != 0) printf("ESCAPED a neighbour wrote %s\n", shared);
    puts("stopped");
}
