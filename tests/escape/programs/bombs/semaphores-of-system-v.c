// Makes System V semaphores, 32,000 in a set: memory of the kernel.
// expect: memory_exceeded
// limit: memory=16MiB
// needs: memory limit
// otherwise: exited 0
// Without a cgroup nothing counts this: the program then ends by itself.
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/sem.h>

int main(void) {
    // 64 bytes each.
    for (int sets = 0; sets < 32; sets++)
        if (semget(IPC_PRIVATE, 32000, IPC_CREAT | 0600) < 0) return 1;
    puts("64 MiB were not refused");
}
