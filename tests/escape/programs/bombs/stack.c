// Recurses without end.
// expect: stack_exceeded
// limit: stack=4MiB
#include <stdio.h>

static int descend(int depth) {
    volatile char frame[4096];
    frame[0] = depth;
    return descend(depth + 1) + frame[0];
}

int main(void) { return descend(0); }
