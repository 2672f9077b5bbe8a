fn main() {
    println!("never printed");
    println!("{}", answer);
}
