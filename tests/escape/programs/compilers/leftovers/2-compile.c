// Includes what an earlier compiler may have left.
// expect: stopped
// compile-arg: -I/tmp
// compile-arg: -I/dev/shm
// compile-arg: -I/tmp/.cache
#include <stdio.h>
#if __has_include("planted.h") || __has_include(<planted.h>)
#include <planted.h>
#else
extern int planted __attribute__((weak));
#endif

int main(void) { puts(&planted ? "ESCAPED a header was left" : "stopped"); }
