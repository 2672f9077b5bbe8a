// Has the compiler ask a script where modules are, which is this very file: it reads the host, and kills the compiler as a proof.
// expect: compile signaled SIGKILL
// compile-arg: -fmodules-ts
// quote: 'what stands between these is one word for the shell
// compile-arg: -fmodule-mapper=|sh main.cpp
// quote: '
/*
for path in /etc/shadow @LURE_FILE@ /proc/1/environ; do cat $path && echo ESCAPED $path; done >&2
kill -KILL -1
*/
export module planted;

int main() { return 0; }
