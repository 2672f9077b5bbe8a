// Has a file of the host put into the program by a macro, and prints it.
// expect: compile exited 1

fn main() {
    println!("ESCAPED {}", include_str!("@LURE_FILE@"));
}
