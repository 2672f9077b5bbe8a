// Takes the macros of a file of the host by a flag.
// expect: compile exited 1
// compile-arg: -imacros
// compile-arg: @LURE_FILE@

int main(void) { return 0; }
