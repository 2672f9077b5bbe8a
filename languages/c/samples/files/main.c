#include "greetings.h"

int main(void) {
    greet("another file");
    return 0;
}
