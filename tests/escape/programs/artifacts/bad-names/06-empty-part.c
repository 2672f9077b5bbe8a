// Names its file with an empty part.
// expect: refused
// file: lib//main.c
int main(void) { return 0; }
