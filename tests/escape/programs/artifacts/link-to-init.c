// Has its compiler leave a link to the binary of init in place of a.out.
// expect: exited 126 or exited 127
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; ln -sf /proc/1/exe a.out
int main(void) { return 0; }
