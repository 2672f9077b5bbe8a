// Names its file where the host has one.
// expect: refused
// file: @LURE_FILE@
int main(void) { return 0; }
