// Names its file absolutely.
// expect: refused
// file: /tmp/main.c
int main(void) { return 0; }
