// Has the compiler ask a socket in a folder of the host where modules are.
// expect: compile exited 1
// compile-arg: -fmodules-ts
// compile-arg: -fmodule-mapper==@LURE_SOCKET@

export module planted;

int main() { return 0; }
