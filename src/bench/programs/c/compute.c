#include <stdio.h>

int main(void) {
    long long x = 1;
    for (int i = 0; i < 100000; i++) x = x * 16807 % 2147483647;
    printf("%lld\n", x);
}
