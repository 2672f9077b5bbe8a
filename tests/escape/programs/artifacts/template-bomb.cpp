// Has its compiler work for ever on templates.
// expect: compile cpu_time_exceeded or compile memory_exceeded
// compile-limit: cpu_time=700ms memory=512MiB wall_time=60s
// compile-arg: -ftemplate-depth=100000
template <int n, int m> struct Bomb {
    static constexpr int value = Bomb<n - 1, m * 2>::value + Bomb<n - 1, m * 2 + 1>::value;
};
template <int m> struct Bomb<0, m> {
    static constexpr int value = m;
};
int main() { return Bomb<24, 0>::value; }
