// Names its folder like the binary, so that the compiler cannot write that.
// expect: compile failed
// file: a.out/main.c
int main(void) { return 0; }
