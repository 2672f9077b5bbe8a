// Runs a script in place of the compiler, which is this very file: it starts processes without end.
// expect: compile processes_exceeded
// needs: process limit
// otherwise: compile exited 1
// compile-limit: processes=16
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
case $1 in *collect2) while :; do sleep 1000 & done ;; esac
exec "$@"
*/
int main(void) { return 0; }
