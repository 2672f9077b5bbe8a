// Jumps into the 32-bit code segment and makes a call from there, by int 0x80.
// expect: signaled SIGSYS or signaled SIGSEGV

#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

int main() {
#ifdef __x86_64__
    char *low = mmap(0, 8192, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    if (low == MAP_FAILED) return 1;
    // 32-bit code: write(1, message, 33); exit(0).
    unsigned char code[] = {0xb8, 4, 0, 0, 0, 0xbb, 1, 0, 0, 0, 0xb9, 0, 0, 0, 0, 0xba, 33, 0, 0, 0, 0xcd, 0x80, 0xb8, 1, 0, 0, 0, 0x31, 0xdb, 0xcd, 0x80};
    unsigned message = (unsigned)(long)low + 4096;
    memcpy(low + 4096, "ESCAPED: a 32-bit call came back\n", 33);
    memcpy(code + 11, &message, 4);
    memcpy(low, code, sizeof code);
    struct __attribute__((packed)) { unsigned offset; unsigned short segment; } there = {(unsigned)(long)low, 0x23};
    __asm__ volatile("mov %1, %%rsp; ljmp *(%0)" : : "r"(&there), "r"(low + 8000) : "memory");
#else
    // No such segments on this machine.
    raise(SIGSYS);
#endif
}
