// Names /proc/self/exe as its loader, which is the sandbox's own binary when the kernel looks for it.
// expect: exited 0 or signaled SIGSEGV
// compile-arg: -Wl,--dynamic-linker=/proc/self/exe
// arg: --version
int main(void) { return 0; }
