// Gives threads stacks far larger than the stack limit, and fills them.
// expect: memory_exceeded
// limit: memory=24MiB stack=1MiB
// needs: memory limit
// otherwise: exited 1
#include <alloca.h>
#include <pthread.h>
#include <unistd.h>

static void *fill(void *nothing) {
    volatile char *stack = alloca(60 << 20);
    for (int at = 0; at < 60 << 20; at += 4096) stack[at] = 1;
    return nothing;
}

int main(void) {
    pthread_t thread;
    pthread_attr_t large;
    pthread_attr_init(&large);
    pthread_attr_setstacksize(&large, 64 << 20);
    if (pthread_create(&thread, &large, fill, NULL)) return 1;
    pthread_join(thread, NULL);
    write(1, "ESCAPED 60 MiB\n", 15);
}
