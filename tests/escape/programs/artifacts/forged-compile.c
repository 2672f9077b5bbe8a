// Has its compiler print a report of a run that went well, and fail.
// expect: compile failed
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,echo '{"phases":[{"phase":"run"}]}' >&2; echo stopped >&2; exit 7
int main(void) { return 0; }
