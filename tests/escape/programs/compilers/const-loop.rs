// A constant whose value is never found.
// expect: compile cpu_time_exceeded
// compile-limit: cpu_time=2s
#![allow(unknown_lints, long_running_const_eval)]

const ENDLESS: u64 = {
    let mut number = 0;
    loop {
        number = (number + 1) % 7;
    }
};

fn main() {
    println!("{ENDLESS}");
}
