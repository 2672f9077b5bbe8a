// Prints bytes without end that are no text, on stderr.
// expect: output_exceeded
// limit: cpu_time=30s wall_time=60s
#include <string.h>
#include <unistd.h>

int main(void) {
    static char block[65536];
    // A continuation byte, and a surrogate half: never valid UTF-8.
    for (unsigned i = 0; i < sizeof block; i++) block[i] = "\xed\xa0\x80\xff"[i % 4];
    for (;;) write(2, block, sizeof block);
}
