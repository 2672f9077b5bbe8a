#include <iostream>
#include <vector>

int main() {
    std::cout << "before" << std::endl;
    std::vector<int> numbers;
    return numbers.at(7);
}
