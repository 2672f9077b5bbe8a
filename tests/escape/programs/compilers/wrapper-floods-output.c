// Runs a script in place of the compiler, which is this very file: it prints without end.
// expect: compile output_exceeded
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
exec yes "main.c:1:1: error: this is the end of the world" >&2
*/
int main(void) { return 0; }
