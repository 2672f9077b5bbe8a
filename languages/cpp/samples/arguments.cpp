#include <iostream>
#include <span>

int main(int argc, char** argv) {
    for (const char* argument : std::span(argv, argc).subspan(1)) {
        std::cout << argument << '\n';
    }
}
