// Has the list of dependencies written into the host's settings.
// expect: compile exited 1
// compile-arg: -MD
// compile-arg: -MF/etc/ld.so.preload

int main(void) { return 0; }
