//! Writing to stdout and stderr: bytes as they are, and a quiet end when nobody reads them any more.

use std::io::{self, Write};

use codecanvas_sandbox::Stream;

use crate::exit_code;

/// Writes a piece of a program's output to our own stream of the same name, at once.
///
/// Ends the process when the reader has gone (`codecanvas run … | head`): with it end the launcher and every sandbox.
pub(crate) fn pass(stream: Stream, bytes: &[u8]) {
    let written = match stream {
        Stream::Stdout => write_out(bytes),
        Stream::Stderr => io::stderr().lock().write_all(bytes),
    };
    if written.is_err() {
        std::process::exit(exit_code::NOBODY_READS);
    }
}

/// Prints text of ours to stdout.
pub(crate) fn print(text: &str) {
    pass(Stream::Stdout, text.as_bytes());
}

/// Says something about our own work in one line on stderr.
pub(crate) fn say(message: &str) {
    let line = format!("codecanvas: {}\n", message.trim_end());
    // When stderr is closed there is nobody left to tell.
    let _ = io::stderr().lock().write_all(line.as_bytes());
}

fn write_out(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}
