//! The hostile programs of `codecanvas attack` are put into the program: a new one makes it be built again.

fn main() {
    println!("cargo::rerun-if-changed=tests/escape/programs");
}
