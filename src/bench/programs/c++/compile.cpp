#include <bits/stdc++.h>

int main() {
    std::vector<std::string> words{"apples", "pears", "apples", "pears", "apples"};
    std::map<std::string, int> counts;
    for (const auto &word : words) counts[word]++;
    for (const auto &[word, times] : counts) std::cout << word << ' ' << times << '\n';
}
