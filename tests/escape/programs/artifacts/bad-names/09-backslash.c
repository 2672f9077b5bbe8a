// Names its file by the separator of another system.
// expect: refused
// file: ..\main.c
int main(void) { return 0; }
