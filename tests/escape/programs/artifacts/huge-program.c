// Is a small source of a huge binary.
// expect: compile failed
// compile-limit: file_size=16MiB disk=64MiB cpu_time=60s wall_time=120s
char huge[1 << 28] = {1};
int main(void) { return huge[0]; }
