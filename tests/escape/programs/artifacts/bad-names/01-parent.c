// Names its file by a way out of the working directory.
// expect: refused
// file: ../main.c
int main(void) { return 0; }
