// A constant whose value is never found, with no bound on the steps.
// expect: compile cpu_time_exceeded
// compile-limit: cpu_time=2s
// compile-arg: -fconstexpr-loop-limit=2147483647
// compile-arg: -fconstexpr-ops-limit=9223372036854775807

constexpr int endless() {
    int number = 0;
    while (number < 7) number = (number + 1) % 7;
    return number;
}
constexpr int value = endless();

int main() { return value; }
