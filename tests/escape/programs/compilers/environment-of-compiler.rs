// Has the compiler's environment put into the program, which looks for anything of the server's in it.
// expect: stopped
// env: ONLY_FOR_THE_RUN=1

static ENVIRONMENT: &[u8] = include_bytes!("/proc/self/environ");

fn main() {
    // MALLOC_CONF is of the language's definition.
    let known = [
        "PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "RUST_RECURSION_COUNT", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "CARGO_HOME", "MALLOC_CONF",
    ];
    let text = String::from_utf8_lossy(ENVIRONMENT);
    for (name, value) in text.split('\0').filter_map(|pair| pair.split_once('=')) {
        if !known.contains(&name) {
            println!("ESCAPED {name}={value}");
        }
    }
    for seen in [option_env!("USER"), option_env!("LOGNAME"), option_env!("CODECANVAS_CONFIG"), option_env!("ONLY_FOR_THE_RUN")] {
        if let Some(value) = seen {
            println!("ESCAPED {value}");
        }
    }
    println!("{}", if text.contains("PATH=") { "stopped" } else { "no environment was read" });
}
