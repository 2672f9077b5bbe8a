// Has the compiler dump all that it thinks into folders of the host.
// expect: compile failed
// compile-arg: -fdump-tree-all
// compile-arg: -dumpdir
// compile-arg: @LURE_FOLDER@/

int main(void) { return 0; }
