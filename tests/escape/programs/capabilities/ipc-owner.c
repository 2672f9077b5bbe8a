// Opens System V objects whose mode permits nobody anything, and changes their owner (CAP_IPC_OWNER).
// expect: stopped

#include <errno.h>
#include <stdio.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

int main() {
    int memory = shmget(4242, 4096, IPC_CREAT | IPC_EXCL), queue = msgget(4242, IPC_CREAT | IPC_EXCL), locks = semget(4242, 1, IPC_CREAT | IPC_EXCL);
    if (memory < 0 || queue < 0 || locks < 0) return 1;
    struct { long type; char text[4]; } message = {1, "abc"};
    if (shmat(memory, 0, 0) != (void *)-1 || errno != EACCES) puts("ESCAPED: the memory");
    if (msgsnd(queue, &message, 4, IPC_NOWAIT) == 0 || errno != EACCES) puts("ESCAPED: the queue");
    if (semctl(locks, 0, GETVAL) >= 0 || errno != EACCES) puts("ESCAPED: the semaphore");
    // More bytes in a queue than the system's limit is for CAP_SYS_RESOURCE.
    struct msqid_ds wish = {.msg_qbytes = 1 << 30, .msg_perm.mode = 0600};
    if (msgctl(queue, IPC_SET, &wish) == 0 || errno != EPERM) puts("ESCAPED: a queue of a gigabyte");
    puts("stopped: EACCES");
}
