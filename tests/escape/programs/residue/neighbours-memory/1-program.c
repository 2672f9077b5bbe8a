// Runs beside a program that makes shared memory, semaphores and messages under the same keys, and looks for that one's.
// expect: stopped
// beside: yes
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>

int main(int argc, char **argv) {
    struct { long type; int who; } mine = {argc, argc}, other;
    int shm = shmget(0x5eed, 4096, IPC_CREAT | IPC_EXCL | 0666), sem = semget(0x5eed, 1, IPC_CREAT | IPC_EXCL | 0666);
    int msg = msgget(0x5eed, IPC_CREAT | IPC_EXCL | 0666), posix = shm_open("/meeting", O_CREAT | O_EXCL | O_RDWR, 0666);
    if (shm < 0 || sem < 0 || msg < 0 || posix < 0 || ftruncate(posix, 4096)) puts("ESCAPED somebody else has made it");
    volatile int *first = shmat(shm, NULL, 0), *second = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, posix, 0);
    *first = *second = argc;
    msgsnd(msg, &mine, sizeof mine.who, 0);
    semctl(sem, 0, SETVAL, argc);
    for (int i = 0; i < 80; i++) {
        if (*first != argc || *second != argc) puts("ESCAPED memory is shared");
        if (semctl(sem, 0, GETVAL) != argc) puts("ESCAPED the semaphore is shared");
        if (msgrcv(msg, &other, sizeof other.who, 3 - argc, IPC_NOWAIT) >= 0) puts("ESCAPED a message came");
        usleep(10000);
    }
    puts("stopped");
}
