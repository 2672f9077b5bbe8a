// Looks for System V objects by the last program's keys, by index, and in /proc.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

int main(void) {
    for (int key = 0x5eed; key < 0x5eed + 8; key++) {
        if (shmget(key, 0, 0) >= 0 || errno != ENOENT) printf("ESCAPED shared memory %x\n", key);
        if (semget(key, 0, 0) >= 0 || errno != ENOENT) printf("ESCAPED semaphore %x\n", key);
        if (msgget(key, 0) >= 0 || errno != ENOENT) printf("ESCAPED queue %x\n", key);
    }
    for (int index = 0; index < 32; index++) {
        struct shmid_ds shm;
        struct semid_ds sem;
        struct msqid_ds msg;
        if (shmctl(index, SHM_STAT, &shm) >= 0 || semctl(index, 0, SEM_STAT, &sem) >= 0 || msgctl(index, MSG_STAT, &msg) >= 0)
            printf("ESCAPED there is an object with index %d\n", index);
    }
    struct shm_info info;
    if (shmctl(0, SHM_INFO, (void *)&info) > 0 || info.used_ids) printf("ESCAPED %d segments\n", info.used_ids);
    const char *tables[] = {"/proc/sysvipc/shm", "/proc/sysvipc/sem", "/proc/sysvipc/msg"};
    for (int i = 0; i < 3; i++) {
        char line[512];
        FILE *table = fopen(tables[i], "r");
        // The first line is the heading.
        for (int n = 0; table && fgets(line, sizeof line, table); n++)
            if (n) printf("ESCAPED %s: %s", tables[i], line);
    }
    puts("stopped");
}
