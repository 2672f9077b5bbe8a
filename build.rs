//! The programs of `codecanvas attack` and `codecanvas bench` are put into the program: a new one makes it be built again.

fn main() {
    println!("cargo::rerun-if-changed=tests/escape/programs");
    println!("cargo::rerun-if-changed=src/bench/programs");
}
