#include <stdio.h>

int main(void) {
    printf("%ld\n", __STDC_VERSION__);
    return 0;
}
