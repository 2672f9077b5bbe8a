#include <cstdint>
#include <iostream>

int main() {
    std::int64_t x = 1;
    for (int i = 0; i < 100000; i++) x = x * 16807 % 2147483647;
    std::cout << x << '\n';
}
