//! The configuration file, as `src/config.rs` reads it: that file belongs to the program, so it is taken in here.

#[allow(dead_code, reason = "the program reads it from a file, here it is a text")]
#[path = "../src/config.rs"]
mod program;

/// The text of a configuration file.
///
/// # Panics
/// When one that is taken is another one after it was written and read again, or when it lets a server do what cannot work.
pub(crate) fn config_toml(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match program::parse(text) {
        Ok(config) => {
            codecanvas_engine::fuzzing::config(&config.engine);
            codecanvas_server::fuzzing::config(&config.server);
        }
        Err(error) => {
            let error = error.to_string();
            let (line, message) = error.split_once(": ").expect("a line and a message");
            assert!(line.parse::<usize>().is_ok_and(|line| line <= text.lines().count() + 1), "{error}");
            assert!(!message.is_empty() && !message.contains('\n'), "{error}");
        }
    }
}
