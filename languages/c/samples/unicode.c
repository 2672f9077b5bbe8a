#include <stdio.h>

int main(void) {
    puts("žluťoučký 日本 🦀");
    return 0;
}
