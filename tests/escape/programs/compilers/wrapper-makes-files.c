// Runs a script in place of the compiler, which is this very file: it makes files until there may be no more.
// expect: compile disk_exceeded
// compile-limit: disk_files=100
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
number=0
while : >/work/file$number; do number=$((number + 1)); done
exit 1
*/
int main(void) { return 0; }
