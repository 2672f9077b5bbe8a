//! What the program reads from its standard input.

use std::{
    fs::File,
    io::{self, IsTerminal, Read},
    path::{Path, PathBuf},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use codecanvas_protocol::Encoding;

use crate::{limits, sources, terminal};

/// How long we read our own standard input in silence before we say that we do.
const PATIENCE: Duration = Duration::from_secs(2);

/// The bytes for the program: those of `--stdin`, else what is piped to us, else none.
pub(crate) fn read(asked: Option<&PathBuf>) -> Result<Vec<u8>> {
    match asked {
        Some(path) if path.as_os_str() == "-" => own(),
        Some(path) => from_file(path),
        // At a terminal nobody expects to type the input of a program that may well read none.
        None if io::stdin().is_terminal() => Ok(Vec::new()),
        None => own(),
    }
}

/// Bytes as a request carries them.
pub(crate) fn encode(bytes: Vec<u8>) -> (String, Encoding) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, Encoding::Utf8),
        Err(error) => (BASE64_STANDARD.encode(error.as_bytes()), Encoding::Base64),
    }
}

fn from_file(path: &Path) -> Result<Vec<u8>> {
    let name = path.display();
    let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
    limited(file, &name.to_string())
}

/// Reads our own standard input, and says so when nothing comes: a forgotten open pipe would else be a silent wait.
fn own() -> Result<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(limited(io::stdin().lock(), "standard input")));
    let answer = receiver.recv_timeout(PATIENCE).or_else(|waited| match waited {
        RecvTimeoutError::Timeout => {
            terminal::say("waiting for the end of standard input (--stdin /dev/null gives the program none)");
            receiver.recv()
        }
        RecvTimeoutError::Disconnected => Err(mpsc::RecvError),
    });
    answer.context("cannot read standard input")?
}

fn limited(from: impl Read, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match from.take(sources::MOST_BYTES + 1).read_to_end(&mut bytes) {
        Ok(_) => {}
        // Started with stdin closed: there is nothing to read.
        Err(error) if error.raw_os_error() == Some(9) => {}
        Err(error) => return Err(error).with_context(|| format!("cannot read {name}")),
    }
    if bytes.len() as u64 > sources::MOST_BYTES {
        bail!("{name} is larger than {}, the most that a program is given", limits::bytes(sources::MOST_BYTES));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_travel_as_base64() {
        assert_eq!(encode(b"5\n".to_vec()), ("5\n".to_owned(), Encoding::Utf8));
        assert_eq!(encode(vec![0xff, 0]), ("/wA=".to_owned(), Encoding::Base64));
    }

    #[test]
    fn endless_input_is_refused() {
        let error = limited(io::repeat(b'y'), "standard input").unwrap_err().to_string();
        assert_eq!(error, "standard input is larger than 16 MiB, the most that a program is given");
    }
}
