// Hands down arguments as large as the kernel takes, in many processes.
// expect: memory_exceeded
// limit: memory=16MiB processes=16
// needs: memory limit
// otherwise: stopped
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc > 1) for (;;) pause();
    static char text[100 << 10], *many[200];
    memset(text, 'x', sizeof text - 1);
    // More than six MiB are refused, and more than 128 KiB in one.
    many[0] = argv[0];
    for (int i = 1; i < 199; i++) many[i] = text;
    if (!execv("/proc/self/exe", many) || errno != E2BIG) puts("ESCAPED 19 MiB of arguments");
    many[41] = NULL;
    for (int i = 0; i < 12; i++)
        if (!fork()) _exit(execv("/proc/self/exe", many));
    sleep(2);
    puts("stopped: each had less than its limit");
}
