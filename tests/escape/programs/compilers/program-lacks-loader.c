// Names a file of the host as the loader of the program, which the kernel opens when it is started.
// expect: exited 127
// compile-arg: -Wl,--dynamic-linker=@LURE_FILE@

int main(void) { return 0; }
