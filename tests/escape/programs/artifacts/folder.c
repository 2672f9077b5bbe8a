// Has its compiler leave a folder in place of a.out.
// expect: exited 126
// compile-arg: -o
// compile-arg: elsewhere
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,mkdir -p a.out/a.out; exec "$0" "$@"
int main(void) { return 0; }
