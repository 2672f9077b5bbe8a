// Names its file by dots alone.
// expect: refused
// file: ..
int main(void) { return 0; }
