fn main() {
    println!("žluťoučký 日本 🦀");
}
