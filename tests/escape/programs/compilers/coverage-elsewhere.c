// Has the program note what of it was run, where the libraries of the host are.
// expect: stopped
// compile-arg: --coverage
// compile-arg: -fprofile-dir=/usr/lib/planted
#include <stdio.h>
#include <unistd.h>

extern void __gcov_dump(void);

int main(void) {
    __gcov_dump();
    puts(access("/usr/lib/planted", F_OK) ? "stopped" : "ESCAPED the folder was made");
}
