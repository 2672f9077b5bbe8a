// Leaves System V shared memory, semaphores and messages under fixed keys, which nobody removes.
// expect: stopped
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

int main(void) {
    struct { long type; char text[32]; } message = {1, "residue"};
    for (int key = 0x5eed; key < 0x5eed + 8; key++) {
        int shm = shmget(key, 4096, IPC_CREAT | 0666), sem = semget(key, 1, IPC_CREAT | 0666), msg = msgget(key, IPC_CREAT | 0666);
        char *at = shmat(shm, NULL, 0);
        if (at == (void *)-1 || sem < 0 || msgsnd(msg, &message, sizeof message.text, 0)) return perror("plant"), 1;
        strcpy(at, "residue");
    }
    puts("stopped: planted");
}
