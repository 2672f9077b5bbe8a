// Includes a file of the host, whose first line the compiler would quote in its error message.
// expect: compile exited 1

#include "@LURE_FILE@"
int main(void) { return 0; }
