// Takes back the promise to get no new privileges: in a process, a thread, a child, and after an execve.
// expect: stopped

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void *take_back(void *where) {
    for (long value = -1; value <= 2; value++)
        if (value != 1 && prctl(PR_SET_NO_NEW_PRIVS, value, 0, 0, 0) == 0) printf("ESCAPED: set to %ld in a %s\n", value, (char *)where);
    if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) printf("ESCAPED: not set in a %s\n", (char *)where);
    fflush(stdout);
    return 0;
}

int main(int argc, char **argv) {
    if (argc > 1) return take_back("new program"), 0;
    take_back("process");
    pthread_t thread;
    pthread_create(&thread, 0, take_back, "thread");
    pthread_join(thread, 0);
    if (fork() == 0) {
        take_back("child");
        execl("/proc/self/exe", "again", "x", NULL);
        exit(1);
    }
    int status = 1;
    wait(&status);
    if (status != 0) return 1;
    puts("stopped: EINVAL");
}
