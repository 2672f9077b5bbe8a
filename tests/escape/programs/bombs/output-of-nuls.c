// Prints one line without end, all NUL bytes, each of which takes six characters in a report.
// expect: output_exceeded
// limit: cpu_time=30s wall_time=60s output=1MiB
#include <unistd.h>

int main(void) {
    static char block[65536];
    for (;;) write(1, block, sizeof block);
}
