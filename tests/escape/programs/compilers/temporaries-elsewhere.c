// Has the compiler keep its temporary files beside a program in a folder of the host.
// expect: compile failed
// compile-arg: -save-temps=obj
// compile-arg: -o
// compile-arg: /usr/bin/planted

int main(void) { return 0; }
