// Has the compiler ask a service of the host's loopback where modules are.
// expect: compile exited 1
// compile-arg: -fmodules-ts
// compile-arg: -fmodule-mapper=::1:@LURE_TCP@

export module planted;

int main() { return 0; }
