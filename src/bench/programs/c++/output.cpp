#include <iostream>

int main() {
    for (int i = 0; i < 16384; i++) std::cout << "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n";
}
