// Has its compiler write to a name outside the working directory, where the next phase does not look.
// expect: exited 127
// compile-arg: -o
// compile-arg: /tmp/a.out
int main(void) { return 0; }
