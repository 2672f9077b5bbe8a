// Runs a script in place of the compiler, which is this very file: it doubles a string without end.
// expect: compile memory_exceeded
// needs: memory limit
// otherwise: compile exited 4 or compile exited 1
// compile-limit: memory=64MiB
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
string=xxxxxxxxxxxxxxxx
while :; do string=$string$string; done
*/
int main(void) { return 0; }
