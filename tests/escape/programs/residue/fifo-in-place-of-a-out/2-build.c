// Is compiled and run where the last program put obstacles.
// expect: stopped
#include <stdio.h>
#include <sys/stat.h>

int main(void) {
    struct stat work, binary;
    if (stat("/work", &work) || (work.st_mode & 0777) != 0755) printf("ESCAPED /work has mode %o\n", work.st_mode);
    if (lstat("a.out", &binary) || !S_ISREG(binary.st_mode)) puts("ESCAPED a.out is no file");
    puts("stopped");
}
