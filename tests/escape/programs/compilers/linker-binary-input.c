// Has the linker put a file of the host into the program as it is, which then prints its own letters.
// expect: compile exited 1
// compile-arg: -Wl,--format=binary,@LURE_FILE@,--format=elf64-x86-64
#include <ctype.h>
#include <stdio.h>

int main(void) {
    FILE *self = fopen("a.out", "r");
    for (int c; (c = getc(self)) != EOF;)
        if (isalnum(c) || c == '-') putchar(c);
}
