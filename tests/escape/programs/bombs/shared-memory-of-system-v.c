// Fills System V shared memory and detaches it: it stays, and is no process's.
// expect: memory_exceeded
// limit: memory=24MiB
// needs: memory limit
// otherwise: exited 0
// Without a cgroup nothing counts this: the program then ends by itself.
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

int main(void) {
    for (int taken = 1; taken <= 96; taken++) {
        void *at = shmat(shmget(IPC_PRIVATE, 1 << 20, IPC_CREAT | 0600), NULL, 0);
        if (at == (void *)-1) return 1;
        memset(at, 1, 1 << 20);
        shmdt(at);
    }
    puts("96 MiB were not refused");
}
