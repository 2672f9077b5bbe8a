#include <iostream>

int main() {
    std::cout << "never printed\n";
    return answer;
}
