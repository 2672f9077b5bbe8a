// Names a pipe as its loader, which holds up whoever opens it.
// expect: exited 126
// compile-arg: -Wl,--dynamic-linker=/work/pipe
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,test -p pipe || mkfifo -m 777 pipe; exec "$0" "$@"
int main(void) { return 0; }
