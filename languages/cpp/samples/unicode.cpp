#include <iostream>

int main() {
    std::cout << "žluťoučký 日本 🦀\n";
}
