use std::thread;

fn main() {
    let parts: Vec<_> = (0..4).map(|part| thread::spawn(move || (part * 25 + 1..=part * 25 + 25).sum::<u32>())).collect();
    let total: u32 = parts.into_iter().map(|part| part.join().unwrap()).sum();
    println!("{total}");
}
