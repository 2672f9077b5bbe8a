// Runs a script in place of the compiler, which is this very file: children that burn time and are waited for by nobody.
// expect: compile cpu_time_exceeded
// compile-limit: cpu_time=1s
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
for child in 1 2 3; do (setsid sh -c "while :; do :; done" &); done
sleep 1000
*/
int main(void) { return 0; }
