// Has the program written over the memory of the first process.
// expect: compile exited 1
// compile-arg: -o
// compile-arg: /proc/1/mem

int main(void) { return 0; }
