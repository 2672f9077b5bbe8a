// Has the compiler check only, so that there is no program to start.
// expect: exited 127
// compile-arg: -fsyntax-only

int main(void) { return 0; }
