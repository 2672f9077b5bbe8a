// Has its compiler leave a script whose interpreter is a pipe, which holds up whoever opens it.
// expect: exited 126
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; rm -f a.out; mkfifo -m 777 pipe; echo '#!/work/pipe' > a.out; chmod 755 a.out
int main(void) { return 0; }
