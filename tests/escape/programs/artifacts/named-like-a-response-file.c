// Names its file like a list of options, which compilers read options from.
// expect: stopped or compile failed
// file: @main.c
#include <stdio.h>

int main(void) {
    puts("stopped");
}
