// Nests parentheses so deep that the compiler overflows its stack.
// expect: compile failed
// compile-limit: memory=1GiB cpu_time=60s wall_time=240s

#define L1 ((((((((((((((((
#define L2 L1 L1 L1 L1 L1 L1 L1 L1 L1 L1 L1 L1 L1 L1 L1 L1
#define L3 L2 L2 L2 L2 L2 L2 L2 L2 L2 L2 L2 L2 L2 L2 L2 L2
#define L4 L3 L3 L3 L3 L3 L3 L3 L3 L3 L3 L3 L3 L3 L3 L3 L3
#define L5 L4 L4 L4 L4 L4 L4 L4 L4 L4 L4 L4 L4 L4 L4 L4 L4
#define L6 L5 L5 L5 L5 L5 L5 L5 L5 L5 L5 L5 L5 L5 L5 L5 L5
int main(void) { return L6 0; }
