fn main() {
    let mut x: i64 = 1;
    for _ in 0..100_000 {
        x = x * 16_807 % 2_147_483_647;
    }
    println!("{}", x);
}
