use std::io::Write;

fn main() {
    let line = "0123456789abcdef".repeat(4)[..63].to_owned() + "\n";
    std::io::stdout().write_all(line.repeat(16_384).as_bytes()).unwrap();
}
