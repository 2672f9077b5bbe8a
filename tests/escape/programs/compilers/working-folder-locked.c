// Takes from itself the right to enter the working directory at compile time: the run is told as one that failed.
// expect: exited 126
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
case $1 in *collect2)
    "$@" || exit
    chmod 0 /work
    exit 0
esac
exec "$@"
*/
int main(void) { return 0; }
