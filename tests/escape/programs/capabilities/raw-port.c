// Reads a port of the hardware by the machine's own instruction.
// expect: signaled SIGSEGV

#include <signal.h>
#include <stdio.h>

int main() {
#ifdef __x86_64__
    unsigned char value;
    __asm__ volatile("inb $0x80, %0" : "=a"(value));
    printf("ESCAPED: port 0x80 holds %d\n", value);
#else
    // No such instruction on this machine.
    raise(SIGSEGV);
#endif
}
