// Leaves a link to a secret file where the program should be, which whoever starts or keeps the program would follow.
// expect: exited 127
// compile-arg: -wrapper
// compile-arg: sh,main.c
/*
ln -sf @LURE_FILE@ /work/a.out
exit 0
*/
int main(void) { return 0; }
