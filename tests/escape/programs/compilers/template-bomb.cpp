// Templates that need two others each, a million million in all.
// expect: compile memory_exceeded
// needs: memory limit
// otherwise: compile exited 1
// compile-limit: cpu_time=60s memory=128MiB wall_time=240s

template <int Depth, long Path> struct Bomb {
    static const long value = Bomb<Depth - 1, 2 * Path>::value + Bomb<Depth - 1, 2 * Path + 1>::value;
};
template <long Path> struct Bomb<0, Path> { static const long value = 1; };

int main() { return Bomb<40, 0>::value == 1L << 40; }
