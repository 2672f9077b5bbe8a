// Ends, but leaves a daemon that holds the pipes of its output and its input open and writes to them later.
// expect: stopped
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    int ends[2];
    char byte;
    if (pipe(ends)) return 1;
    if (!fork()) {
        setsid();
        signal(SIGPIPE, SIG_IGN);
        if (fork()) _exit(0);
        write(ends[1], "!", 1);
        // By then the program has ended, and the report is to be there without waiting for this.
        for (sleep(1);; usleep(10000)) {
            write(1, "\nESCAPED later\n", 15);
            write(2, "\nESCAPED later\n", 15);
        }
    }
    puts("stopped: planted");
    return read(ends[0], &byte, 1) != 1;
}
