// Runs a script in place of the compiler, which is this very file: it sleeps for ever, deaf to polite signals.
// expect: compile wall_time_exceeded
// compile-limit: wall_time=500ms
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
trap "" HUP INT QUIT PIPE ALRM TERM XCPU XFSZ
while :; do sleep 1000; done
*/
int main(void) { return 0; }
