// Has the assembler put a file of the host into the program, which prints it.
// expect: compile exited 1

#include <stdio.h>
__asm__(".pushsection .rodata\nsecret: .incbin \"@LURE_FILE@\"\n.byte 0\n.popsection");
extern const char secret[];
int main(void) { printf("ESCAPED %s\n", secret); }
