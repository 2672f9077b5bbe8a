// Runs a script in place of the compiler, which is this very file: it fills every folder that can be written to.
// expect: compile disk_exceeded
// compile-limit: disk=4MiB
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
for folder in /work /tmp /dev/shm; do cat /dev/zero >$folder/fill; done
exit 1
*/
int main(void) { return 0; }
