// Ends itself by the last signal there is.
// expect: signaled SIG64
#include <signal.h>

int main(void) { return raise(64); }
