// Lets its compiler sleep, by a program of its own in place of the linker: compiling has a time on the clock, too.
// expect: compile wall_time_exceeded
// compile-limit: wall_time=700ms
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,exec sleep 1000
int main(void) { return 0; }
