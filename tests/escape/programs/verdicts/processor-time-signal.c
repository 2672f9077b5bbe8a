// Sends itself the signal of the kernel's limit on processor time.
// expect: signaled SIGXCPU
#include <signal.h>

int main(void) { return raise(SIGXCPU); }
