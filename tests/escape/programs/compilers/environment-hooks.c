// Sets the variables by which compilers, loaders and runtimes are told to run or load something else: they are the run's alone.
// expect: stopped
// env: GCC_EXEC_PREFIX=/work/
// env: COMPILER_PATH=/work
// env: CPATH=/nowhere
// env: TMPDIR=/nowhere
// env: LD_PRELOAD=/nowhere/hook.so
// env: PATH=/nowhere
// env: GCC_COMPARE_DEBUG=-gtoggle
// env: DEPENDENCIES_OUTPUT=/work/dependencies
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void) {
    if (!getenv("GCC_EXEC_PREFIX")) return 1;
    if (!access("dependencies", F_OK)) puts("ESCAPED the compiler has had the program's environment");
    puts("stopped");
}
