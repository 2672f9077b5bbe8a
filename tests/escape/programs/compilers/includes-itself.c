// Includes itself twice at every depth, and is warned about each time.
// expect: compile cpu_time_exceeded
// compile-limit: cpu_time=2s
// compile-arg: -fmax-include-depth=100000

#if __INCLUDE_LEVEL__ < 150
#warning "as often as there are atoms in the world"
#include __FILE__
#include __FILE__
#endif
int main(void) { return 0; }
