// Ends itself by a signal whose status has one bit more, that of a core dump.
// expect: signaled SIGQUIT
#include <signal.h>
#include <sys/resource.h>

int main(void) {
    setrlimit(RLIMIT_CORE, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY});
    return raise(SIGQUIT);
}
