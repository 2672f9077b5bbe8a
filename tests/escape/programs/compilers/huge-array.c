// A program that would be larger than any file may be.
// expect: compile exited 4 or compile exited 1
// compile-limit: file_size=4MiB

char huge[1 << 30] = {1};
int main(void) { return huge[0]; }
