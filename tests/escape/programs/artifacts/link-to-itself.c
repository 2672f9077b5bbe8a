// Has its compiler leave a link that leads to itself in place of a.out.
// expect: exited 126
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; ln -sf a.out a.out
int main(void) { return 0; }
