// Has the program written to a device that is always full.
// expect: compile exited 1
// compile-arg: -o
// compile-arg: /dev/full

int main(void) { return 0; }
