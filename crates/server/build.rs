//! Has the crate built anew when the page is: its files are put into the program.

fn main() {
    println!("cargo:rerun-if-changed=../../web/dist");
}
