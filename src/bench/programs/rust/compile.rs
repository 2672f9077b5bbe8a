use std::collections::BTreeMap;

fn main() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in ["apples", "pears", "apples", "pears", "apples"] {
        *counts.entry(word).or_default() += 1;
    }
    for (word, times) in &counts {
        println!("{} {}", word, times);
    }
}
