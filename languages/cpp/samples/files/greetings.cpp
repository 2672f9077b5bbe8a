#include "greetings.hpp"

std::string greet(const std::string& name) {
    return "Hello from " + name + "!";
}
