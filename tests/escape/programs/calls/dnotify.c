// Asks by the old dnotify for a signal when somebody reads or changes a folder of /usr.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static volatile int told;
static void on_signal(int number) { told = number; }

int main() {
    signal(SIGIO, on_signal);
    const char *paths[] = {"/usr/bin", "/etc", "/work", "/dev"};
    unsigned long junk[] = {0, 1UL << 32, 0xdeadbeefUL << 32};
    for (int p = 0; p < 4; p++)
        for (int j = 0; j < 3; j++) {
            int folder = open(paths[p], O_RDONLY | O_DIRECTORY);
            if (syscall(SYS_fcntl, folder, F_NOTIFY | junk[j], DN_ACCESS | DN_MODIFY | DN_CREATE | DN_MULTISHOT) != -1 || errno != EPERM)
                printf("ESCAPED: watches %s, errno %d\n", paths[p], errno);
        }
    close(open("/work/new", O_CREAT | O_RDWR, 0600));
    if (told) puts("ESCAPED: was told");
    puts("stopped: EPERM");
}
