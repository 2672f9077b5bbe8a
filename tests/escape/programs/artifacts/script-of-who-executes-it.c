// Has its compiler leave a script whose interpreter is /proc/self/exe, which is the sandbox's own binary when the kernel looks.
// expect: exited 0 or exited 126
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; rm -f a.out; echo '#!/proc/self/exe --version' > a.out; chmod 755 a.out
int main(void) { return 0; }
