//! Writes to a program that is fed while it runs, as fast as it reads.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use codecanvas_protocol::WindowSize;
use codecanvas_sandbox::Input;
use tokio::io::unix::AsyncFd;

/// The writing end of a live program's standard input, or its terminal. Nothing once the input has ended.
#[derive(Debug)]
pub struct Feed(Mutex<Option<Arc<AsyncFd<Input>>>>);

impl Feed {
    /// Takes it over; to be called on a runtime.
    ///
    /// # Errors
    /// When the runtime cannot watch it.
    pub fn new(input: Input) -> io::Result<Feed> {
        Ok(Feed(Mutex::new(Some(Arc::new(watched(input)?)))))
    }

    /// Writes all of it, waiting for the program to read. Does nothing when the input has ended.
    ///
    /// # Errors
    /// When the program reads no more.
    pub async fn write(&self, mut bytes: &[u8]) -> io::Result<()> {
        let Some(input) = self.input() else { return Ok(()) };
        while !bytes.is_empty() {
            let mut ready = input.writable().await?;
            match ready.try_io(|input| input.get_ref().write(bytes)) {
                Ok(written) => bytes = &bytes[written?..],
                Err(_would_block) => {}
            }
        }
        Ok(())
    }

    /// Ends the input, when what is being written is written. A terminal goes on after it: programs may read its end many times.
    ///
    /// # Errors
    /// When the program reads no more.
    pub fn end(&self) -> io::Result<()> {
        match self.input() {
            Some(input) if input.get_ref().is_terminal() => input.get_ref().type_end(),
            _ => {
                *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
                Ok(())
            }
        }
    }

    /// Tells the terminal its new size; without one it does nothing.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn resize(&self, size: WindowSize) -> io::Result<()> {
        self.input().map_or(Ok(()), |input| input.get_ref().resize(size))
    }

    fn input(&self) -> Option<Arc<AsyncFd<Input>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Its descriptor is its own as long as it lives, which is all that the newer, unsafe call asks for.
#[expect(deprecated, reason = "the call that takes its place is unsafe, and this crate has no unsafe code")]
fn watched(input: Input) -> io::Result<AsyncFd<Input>> {
    AsyncFd::new(input)
}
