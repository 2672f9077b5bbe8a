// Names its file like an option.
// expect: refused
// file: -o.c
int main(void) { return 0; }
