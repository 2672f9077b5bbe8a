// Has its compiler leave a link to a device in place of a.out, and tries to make one.
// expect: exited 126
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; rm -f a.out; mknod -m 777 a.out c 1 5 && echo ESCAPED a device; ln -s /dev/zero a.out
int main(void) { return 0; }
