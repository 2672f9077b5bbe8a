// Calls the kernel by the sysenter instruction, whose numbers are the 32-bit ones even in a 64-bit program.
// expect: signaled SIGSYS or signaled SIGSEGV or signaled SIGILL

#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

int main() {
#ifdef __x86_64__
    char *low = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    if (low == MAP_FAILED) return 1;
    strcpy(low, "ESCAPED: wrote by sysenter\n");
    // write(1, low, 27); the kernel takes the stack and the sixth argument from ebp, and returns elsewhere than here.
    __asm__ volatile("mov %1, %%rbp; sysenter" : : "a"(4), "r"(low + 4096), "b"(1), "c"(low), "d"(27) : "memory");
#else
    // No such instruction on this machine.
    raise(SIGSYS);
#endif
}
