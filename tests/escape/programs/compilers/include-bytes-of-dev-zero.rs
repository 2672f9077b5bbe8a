// Has the endless bytes of a device put into the program.
// expect: compile memory_exceeded
// needs: memory limit
// otherwise: compile exited 1
// compile-limit: memory=384MiB cpu_time=60s wall_time=240s

static ENDLESS: &[u8] = include_bytes!("/dev/zero");

fn main() {
    println!("ESCAPED {}", ENDLESS.len());
}
