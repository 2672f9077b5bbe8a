// Includes endless noise.
// expect: compile memory_exceeded
// needs: memory limit
// otherwise: compile exited 1
// compile-limit: memory=128MiB

#include "/dev/urandom"
int main(void) { return 0; }
