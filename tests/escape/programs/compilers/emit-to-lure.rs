// Has what is compiled written into a folder of the host that everyone may write to.
// expect: compile exited 1
// compile-arg: --emit=metadata=@LURE_FOLDER@/planted

fn main() {}
