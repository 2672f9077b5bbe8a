// Names its file by a way in and out again.
// expect: refused
// file: lib/../../main.c
int main(void) { return 0; }
