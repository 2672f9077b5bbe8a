// Kills itself by the signal with which limits are enforced.
// expect: signaled SIGKILL
#include <signal.h>
#include <unistd.h>

int main(void) { return kill(getpid(), SIGKILL); }
