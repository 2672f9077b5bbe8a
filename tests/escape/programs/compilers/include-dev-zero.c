// Includes a device that never ends.
// expect: compile memory_exceeded
// needs: memory limit
// otherwise: compile exited 1
// compile-limit: memory=128MiB

#include "/dev/zero"
int main(void) { return 0; }
