// Runs a script in place of the compiler, which is this very file: it kills all that it may kill, its compiler first.
// expect: compile signaled SIGKILL
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
kill -KILL -1
kill -KILL 1
*/
int main(void) { return 0; }
