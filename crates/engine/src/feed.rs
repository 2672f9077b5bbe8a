//! Writes to a program that is fed while it runs, as fast as it reads.

use std::io;

use codecanvas_protocol::WindowSize;
use codecanvas_sandbox::Input;
use tokio::io::unix::AsyncFd;

/// The writing end of a live program's standard input, or its terminal.
#[derive(Debug)]
pub struct Feed(Option<AsyncFd<Input>>);

impl Feed {
    /// Takes it over; to be called on a runtime.
    ///
    /// # Errors
    /// When the runtime cannot watch it.
    pub fn new(input: Input) -> io::Result<Feed> {
        Ok(Feed(Some(watched(input)?)))
    }

    /// Writes all of it, waiting for the program to read. Does nothing when the input has ended.
    ///
    /// # Errors
    /// When the program reads no more.
    pub async fn write(&self, mut bytes: &[u8]) -> io::Result<()> {
        let Some(input) = &self.0 else { return Ok(()) };
        while !bytes.is_empty() {
            let mut ready = input.writable().await?;
            match ready.try_io(|input| input.get_ref().write(bytes)) {
                Ok(written) => bytes = &bytes[written?..],
                Err(_would_block) => {}
            }
        }
        Ok(())
    }

    /// Ends the input.
    ///
    /// # Errors
    /// When the program reads no more.
    pub fn end(&mut self) -> io::Result<()> {
        let Some(input) = self.0.take() else { return Ok(()) };
        let mut input = input.into_inner();
        input.end()?;
        // A terminal goes on after it: programs may read the end of input many times.
        if input.is_terminal() {
            self.0 = Some(watched(input)?);
        }
        Ok(())
    }

    /// Tells the terminal its new size; without one it does nothing.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn resize(&self, size: WindowSize) -> io::Result<()> {
        self.0.as_ref().map_or(Ok(()), |input| input.get_ref().resize(size))
    }
}

/// Its descriptor is its own as long as it lives, which is all that the newer, unsafe call asks for.
#[expect(deprecated, reason = "the call that takes its place is unsafe, and this crate has no unsafe code")]
fn watched(input: Input) -> io::Result<AsyncFd<Input>> {
    AsyncFd::new(input)
}
