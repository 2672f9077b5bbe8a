// Has its compiler leave a pipe in place of a.out, which holds up whoever opens it.
// expect: exited 126
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; rm -f a.out; mkfifo -m 777 a.out
int main(void) { return 0; }
