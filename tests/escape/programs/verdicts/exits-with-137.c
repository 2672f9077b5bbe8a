// Ends itself with the code by which shells tell of a kill for want of memory.
// expect: exited 137
int main(void) { return 137; }
