// Looks for the launcher's key in what is left in registers and below the stack when a program begins, before any C runs.
// expect: stopped
// compile-arg: -nostartfiles
// compile-arg: -O1
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

unsigned long kept[64];

// The very first instructions: all registers are stored as they are, then C begins with the stack aligned.
#ifdef __x86_64__
__asm__(".globl _start\n_start:\n"
        "mov %rax, kept(%rip)\n mov %rbx, kept+8(%rip)\n mov %rcx, kept+16(%rip)\n mov %rdx, kept+24(%rip)\n mov %rsi, kept+32(%rip)\n"
        "mov %rdi, kept+40(%rip)\n mov %rbp, kept+48(%rip)\n mov %r8, kept+56(%rip)\n mov %r9, kept+64(%rip)\n mov %r10, kept+72(%rip)\n"
        "mov %r11, kept+80(%rip)\n mov %r12, kept+88(%rip)\n mov %r13, kept+96(%rip)\n mov %r14, kept+104(%rip)\n mov %r15, kept+112(%rip)\n"
        "movq %xmm0, kept+120(%rip)\n movhps %xmm0, kept+128(%rip)\n movq %xmm1, kept+136(%rip)\n movhps %xmm1, kept+144(%rip)\n"
        "movq %xmm7, kept+152(%rip)\n movq %xmm8, kept+160(%rip)\n movq %xmm15, kept+168(%rip)\n movhps %xmm15, kept+176(%rip)\n"
        "and $-16, %rsp\n call begin\n");
#else
__asm__(".globl _start\n_start:\n adrp x17, kept\n add x17, x17, :lo12:kept\n stp x0, x1, [x17]\n stp x2, x3, [x17, #16]\n stp x4, x5, [x17, #32]\n"
        "stp x6, x7, [x17, #48]\n stp x8, x9, [x17, #64]\n stp x10, x11, [x17, #80]\n stp x18, x19, [x17, #96]\n stp x29, x30, [x17, #112]\n"
        "str q0, [x17, #128]\n bl begin\n");
#endif

void begin(void) {
    int found = 0;
    unsigned long key, *below = (unsigned long *)__builtin_frame_address(0) - 64;
    for (int i = 0; i < 64 + 40; i++) {
        key = i < 64 ? kept[i] : below[i - 64];
        // unshare of nothing does nothing, and tells whether the filter lets it through.
        found += syscall(SYS_unshare, 0, 0, 0, 0, 0, key) == 0;
        found += syscall(SYS_unshare, 0, 0, 0, 0, 0, key ^ -1ul) == 0;
    }
    const char *text = found ? "ESCAPED a register had the key\n" : "stopped\n";
    syscall(SYS_write, 1, text, strlen(text));
    syscall(SYS_exit_group, 0);
}
