// A template that needs itself without end, with no bound on the depth.
// expect: compile memory_exceeded
// needs: memory limit
// otherwise: compile exited 1
// compile-limit: cpu_time=60s memory=128MiB wall_time=240s
// compile-arg: -ftemplate-depth=2000000000

template <long Number> struct Deep { static const long value = Deep<Number + 1>::value; };

int main() { return Deep<0>::value; }
