#include <iostream>

#include "greetings.hpp"

int main() {
    std::cout << greet("another file") << '\n';
}
