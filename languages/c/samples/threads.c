#include <pthread.h>
#include <stdio.h>

static void *sum(void *argument) {
    long *part = argument;
    long first = *part * 25 + 1;
    *part = 0;
    for (long number = first; number < first + 25; number++) {
        *part += number;
    }
    return NULL;
}

int main(void) {
    pthread_t threads[4];
    long parts[4] = {0, 1, 2, 3};
    for (int i = 0; i < 4; i++) {
        if (pthread_create(&threads[i], NULL, sum, &parts[i]) != 0) {
            return 1;
        }
    }
    long total = 0;
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        total += parts[i];
    }
    printf("%ld\n", total);
    return 0;
}
