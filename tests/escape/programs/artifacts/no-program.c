// Has its compiler leave text that is no program and no script.
// expect: exited 126
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; rm -f a.out; echo 'echo ESCAPED by a shell that nobody asked for' > a.out; chmod 755 a.out
int main(void) { return 0; }
