use std::io;

fn main() {
    let sum: i64 = io::stdin().lines().map(|line| line.unwrap().trim().parse::<i64>().unwrap()).sum();
    println!("{sum}");
}
