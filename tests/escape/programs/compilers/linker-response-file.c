// Has the linker take its arguments from a file of the host, each of which it would name as missing.
// expect: compile exited 1
// compile-arg: -Wl,@@LURE_FILE@

int main(void) { return 0; }
