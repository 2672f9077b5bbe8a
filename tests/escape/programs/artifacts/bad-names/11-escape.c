// Names its file with a terminal escape.
// expect: refused
// file: main[2J.c
int main(void) { return 0; }
