// Has its compiler write its by-products into folders of the host.
// expect: compile failed
// compile-arg: -MD
// compile-arg: -MF
// compile-arg: @LURE_FOLDER@/dependencies
// compile-arg: -Wl,-Map=@LURE_FOLDER@/map
// compile-arg: -save-temps
// compile-arg: -dumpdir
// compile-arg: /usr/lib/
int main(void) { return 0; }
