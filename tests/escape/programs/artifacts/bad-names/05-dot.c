// Names its file by the folder itself.
// expect: refused
// file: ./main.c
int main(void) { return 0; }
