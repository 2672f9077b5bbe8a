// Names its file with a control character.
// expect: refused
// file: main	.c
int main(void) { return 0; }
