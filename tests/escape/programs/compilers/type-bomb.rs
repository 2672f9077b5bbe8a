// A function that needs itself for ever larger types.
// expect: compile cpu_time_exceeded or compile exited 1
// compile-limit: cpu_time=2s

fn bomb<T: Clone>(depth: u64, value: T) -> u64 {
    if depth == 0 { 0 } else { bomb(depth - 1, (value.clone(), value)) }
}

fn main() {
    println!("{}", bomb(std::env::args().count() as u64, 1u8));
}
