// Says that its code stands in a file of the host, so that the compiler quotes that file beside an error.
// expect: compile exited 1

#line 1 "@LURE_FILE@"
int main(void) { return undeclared; }
