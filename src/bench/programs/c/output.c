#include <stdio.h>

int main(void) {
    for (int i = 0; i < 16384; i++) puts("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde");
}
