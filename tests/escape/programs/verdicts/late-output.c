// Leaves a process that prints after the program's end: that is no output of it any more.
// expect: stopped
#include <stdio.h>
#include <unistd.h>

int main(void) {
    if (!fork()) {
        setsid();
        if (fork()) _exit(0);
        sleep(1);
        dprintf(1, "\nESCAPED\n");
        _exit(0);
    }
    usleep(20000);
    puts("stopped");
}
