// A macro that doubles its own text without end.
// expect: compile memory_exceeded
// needs: memory limit
// otherwise: compile signaled SIGABRT
// compile-limit: memory=384MiB cpu_time=60s wall_time=240s

#![recursion_limit = "1000000"]
macro_rules! bomb {
    ($($text:tt)*) => { bomb!($($text)* $($text)*) };
}

fn main() {
    bomb!(x x x x x x x x);
}
