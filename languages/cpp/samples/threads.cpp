#include <future>
#include <iostream>
#include <numeric>
#include <vector>

int sum(int first) {
    std::vector<int> numbers(25);
    std::iota(numbers.begin(), numbers.end(), first);
    return std::accumulate(numbers.begin(), numbers.end(), 0);
}

int main() {
    std::vector<std::future<int>> parts;
    for (int first = 1; first <= 100; first += 25) {
        parts.push_back(std::async(std::launch::async, sum, first));
    }
    int total = 0;
    for (auto& part : parts) {
        total += part.get();
    }
    std::cout << total << "\n";
}
