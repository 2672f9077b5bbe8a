// Has the program written into a folder of the host that everyone may write to.
// expect: compile exited 1
// compile-arg: -o
// compile-arg: @LURE_FOLDER@/planted

int main(void) { return 0; }
