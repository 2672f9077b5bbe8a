// Has its compiler leave a link to a file of the host's in place of a.out.
// expect: exited 126 or exited 127
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; ln -sf @LURE_FILE@ a.out
int main(void) { return 0; }
