// Ends itself with the code 256, which is nought in eight bits, and with the bits of a signal in it.
// expect: exited 0
#include <stdlib.h>

int main(void) { exit(256 | 9 << 8 | 1 << 31); }
