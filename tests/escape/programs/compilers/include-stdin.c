// Includes the standard input, which may be the server's, a client's or a terminal: a compiler has an empty one.
// expect: stopped
// stdin: int read_by_the_compiler;

#include <stdio.h>
int main(void) {
    extern int read_by_the_compiler __attribute__((weak));
    char line[64] = "";
    puts(&read_by_the_compiler ? "ESCAPED the compiler has read the program's input" : "the compiler had none");
    puts(fgets(line, sizeof line, stdin) ? "stopped" : "the input is lost");
}
#include "/dev/stdin"
