// Names its file by two slashes.
// expect: refused
// file: //etc/main.c
int main(void) { return 0; }
