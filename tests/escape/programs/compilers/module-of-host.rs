// Takes a file of the host for a module of its own, whose text the compiler would quote in its error messages.
// expect: compile exited 1

#[path = "@LURE_FILE@"]
mod lure;

fn main() {}
