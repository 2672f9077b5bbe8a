// Has an object file made where the program should be: nobody can start that.
// expect: exited 126
// compile-arg: -c

int main(void) { return 0; }
