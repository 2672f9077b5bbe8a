#include "greetings.h"

#include <stdio.h>

void greet(const char *name) {
    printf("Hello from %s!\n", name);
}
