fn main() {
    println!("before");
    let numbers: Vec<i32> = std::env::args().skip(1).map(|text| text.len() as i32).collect();
    println!("{}", numbers[0]);
}
