// Has the linker write its map where the host's libraries are.
// expect: compile exited 1
// compile-arg: -Wl,-Map=/usr/lib/planted

int main(void) { return 0; }
