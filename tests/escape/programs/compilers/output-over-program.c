// Has the program written where the host's programs are.
// expect: compile exited 1
// compile-arg: -o
// compile-arg: /usr/bin/planted

int main(void) { return 0; }
