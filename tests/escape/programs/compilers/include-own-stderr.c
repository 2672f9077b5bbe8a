// Includes the pipe that the compiler's messages go into, and waits for words that only it could write.
// expect: compile wall_time_exceeded
// compile-limit: wall_time=1s

#include "/dev/stderr"
int main(void) { return 0; }
