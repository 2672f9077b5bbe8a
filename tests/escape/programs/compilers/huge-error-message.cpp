// An error about a type whose name is a million million letters long.
// expect: compile memory_exceeded
// needs: memory limit
// otherwise: compile exited 1
// compile-limit: cpu_time=60s memory=128MiB wall_time=240s

template <class A, class B> struct P {};
template <int Depth> struct Long { using type = P<typename Long<Depth - 1>::type, typename Long<Depth - 1>::type>; };
template <> struct Long<0> { using type = int; };

int main() { return Long<40>::type(); }
