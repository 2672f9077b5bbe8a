// Sends itself the signal of the limit on file sizes: it may look as if it had met it, but not like success.
// expect: file_size_exceeded
#include <signal.h>

int main(void) { return raise(SIGXFSZ); }
