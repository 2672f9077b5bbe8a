// Has its compiler leave a script: it is a program like any other, and has what the sandbox shows and no more.
// expect: stopped
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; rm -f a.out; printf '#!/bin/sh\ncat @LURE_FILE@ /etc/shadow\necho stopped' > a.out; chmod 755 a.out
int main(void) { return 0; }
