// Has a file of the host included by a flag.
// expect: compile exited 1
// compile-arg: -include
// compile-arg: @LURE_FILE@

int main(void) { return 0; }
