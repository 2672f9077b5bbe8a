// Leaves a named pipe where the program should be, on which whoever opens it waits for ever.
// expect: exited 126
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
rm -f /work/a.out
mkfifo -m 777 /work/a.out
exit 0
*/
int main(void) { return 0; }
