// Has its compiler succeed and leave nothing.
// expect: exited 127
// compile-arg: -fsyntax-only
int main(void) { return 0; }
