// Traces its own child, as debuggers do, to change its calls after the filter has looked at them.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int status;
    pid_t child = fork();
    if (!child) {
        if (!ptrace(PTRACE_TRACEME, 0, 0, 0) || errno != EPERM) printf("ESCAPED traceme: %s\n", strerror(errno));
        fflush(stdout);
        raise(SIGSTOP);
        _exit(7);
    }
    // A traced child's stop would be told without WUNTRACED.
    waitpid(child, &status, WUNTRACED);
    if (!WIFSTOPPED(status)) return puts("the child did not stop"), 1;
    long requests[] = {PTRACE_ATTACH, PTRACE_SEIZE, PTRACE_SYSCALL, PTRACE_GETREGS, PTRACE_SINGLESTEP, PTRACE_CONT};
    for (int i = 0; i < 6; i++)
        if (ptrace(requests[i], child, 0, 0) != -1 || errno != EPERM) printf("ESCAPED request %ld: %s\n", requests[i], strerror(errno));
    kill(child, SIGCONT);
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 7) printf("ESCAPED the child ended with %#x\n", status);
    puts("stopped: EPERM");
}
