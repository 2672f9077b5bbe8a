// Starts threads until it is refused one.
// expect: processes_exceeded
// limit: processes=16
// needs: process limit
// otherwise: exited 1
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void *wait_for_ever(void *nothing) { for (;;) pause(); return nothing; }

int main(void) {
    pthread_t thread;
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 65536);
    int alive = 1, error = 0;
    while (alive < 100 && !(error = pthread_create(&thread, &small, wait_for_ever, NULL))) alive++;
    printf(alive > 16 ? "ESCAPED %d threads\n" : "%d threads: %s\n", alive, strerror(error));
    return 1;
}
