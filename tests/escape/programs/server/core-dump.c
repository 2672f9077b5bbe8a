// Crashes so that the host's core handler gets its memory, or a core file is written where somebody may find it.
// expect: stopped

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main() {
    int signals[] = {SIGSEGV, SIGABRT, SIGQUIT, SIGILL, SIGFPE, SIGBUS, SIGSYS, SIGTRAP, SIGXCPU};
    for (int i = 0; i < 9; i++) {
        int status;
        if (fork() == 0) {
            struct rlimit much = {RLIM_INFINITY, RLIM_INFINITY}, some = {4096, 4096};
            if (setrlimit(RLIMIT_CORE, &much) == 0 || setrlimit(RLIMIT_CORE, &some) == 0) puts("ESCAPED: cores may be large");
            prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
            kill(getpid(), signals[i]);
        }
        wait(&status);
        if (!WIFSIGNALED(status)) return 1;
        if (WCOREDUMP(status)) printf("ESCAPED: signal %d left a core\n", signals[i]);
    }
    const char *folders[] = {"/work", "/tmp", "/dev/shm"};
    for (int i = 0; i < 3; i++) {
        DIR *folder = opendir(folders[i]);
        for (struct dirent *entry; (entry = readdir(folder));)
            if (strstr(entry->d_name, "core")) printf("ESCAPED: %s/%s\n", folders[i], entry->d_name);
    }
    puts("stopped");
}
