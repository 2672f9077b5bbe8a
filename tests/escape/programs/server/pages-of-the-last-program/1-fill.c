// Fills memory, files, pipes and sockets with a mark, and ends with all of it in use.
// expect: stopped

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <unistd.h>

int main() {
    const size_t size = 32 << 20;
    char *mark = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (size_t i = 0; i < size; i += 8) memcpy(mark + i, "\xe7RESIDUE", 8);
    const char *paths[] = {"/work/file", "/dev/shm/file"};
    for (int i = 0; i < 2; i++)
        if (write(open(paths[i], O_CREAT | O_WRONLY, 0600), mark, size / 2) != (ssize_t)size / 2) return 1;
    memcpy(shmat(shmget(77, size / 4, IPC_CREAT | 0600), 0, 0), mark, size / 4);
    for (int i = 0; i < 16; i++) {
        int two[2], pair[2];
        if (pipe(two) != 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return 1;
        if (write(two[1], mark, 65536) != 65536 || send(pair[0], mark, 65536, MSG_DONTWAIT) < 0) return 1;
    }
    puts("stopped");
}
