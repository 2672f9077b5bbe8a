// Crashes to have a core file written, or a helper of the host started, with its limit raised and where a link waits.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY}, one = {1, 1}, now;
    if (!setrlimit(RLIMIT_CORE, &all) || !setrlimit(RLIMIT_CORE, &one)) puts("ESCAPED the limit was raised");
    getrlimit(RLIMIT_CORE, &now);
    if (now.rlim_max) puts("ESCAPED cores are not forbidden");
    symlink("@LURE_FOLDER@/core", "/work/core");
    const char *places[] = {"/work", "/tmp", "/dev/shm"};
    int signals[] = {SIGSEGV, SIGABRT, SIGQUIT};
    for (int i = 0; i < 3; i++) {
        int status;
        pid_t pid = fork();
        if (!pid) {
            prctl(PR_SET_DUMPABLE, 1);
            if (chdir(places[i])) _exit(1);
            raise(signals[i]);
            _exit(0);
        }
        waitpid(pid, &status, 0);
        if (!WIFSIGNALED(status) || WCOREDUMP(status)) printf("ESCAPED status %#x: a core was dumped\n", status);
        char path[64];
        snprintf(path, sizeof path, "%s/core", places[i]);
        if (!access(path, F_OK)) printf("ESCAPED %s is there\n", path);
    }
    puts("stopped");
}
