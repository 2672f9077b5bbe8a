// Names its file like a folder.
// expect: refused
// file: main.c/
int main(void) { return 0; }
