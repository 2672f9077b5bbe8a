// Ends itself with a code that is negative: the kernel keeps eight bits.
// expect: exited 255
#include <unistd.h>

int main(void) { _exit(-1); }
