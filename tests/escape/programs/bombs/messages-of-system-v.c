// Fills System V message queues: memory of the kernel, 32,000 queues of 16 KiB.
// expect: memory_exceeded
// limit: memory=16MiB
// needs: memory limit
// otherwise: exited 0
// Without a cgroup nothing counts this: the program then ends by itself.
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>

int main(void) {
    struct { long type; char text[8000]; } message = {1, ""};
    for (long sent = 0; sent < 64 << 20;) {
        int queue = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
        if (queue < 0) return 1;
        while (!msgsnd(queue, &message, sizeof message.text, IPC_NOWAIT)) sent += sizeof message.text;
    }
    puts("64 MiB were not refused");
}
