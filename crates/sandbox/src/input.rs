//! The client's way to a program that is fed while it runs.

use std::{
    io,
    os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd},
};

use codecanvas_protocol::WindowSize;
use rustix::{
    fs::{OFlags, fcntl_getfl, fcntl_setfl},
    io::Errno,
    termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize},
};

/// What a terminal takes as the end of input at the beginning of a line (termios(3), VEOF).
const END_OF_TRANSMISSION: u8 = 4;

/// The writing end of a program's standard input: a pipe, or its terminal. It never blocks, so that it can be polled.
#[derive(Debug)]
pub struct Input {
    file: OwnedFd,
    is_terminal: bool,
}

impl Input {
    pub(crate) fn new(file: OwnedFd, is_terminal: bool) -> io::Result<Input> {
        fcntl_setfl(&file, fcntl_getfl(&file)? | OFlags::NONBLOCK)?;
        Ok(Input { file, is_terminal })
    }

    /// Whether this is a terminal.
    pub fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// Writes what the program has room for and says how much that was.
    ///
    /// # Errors
    /// `WouldBlock` when it has no room; another when it reads no more.
    pub fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(&self.file, bytes)?)
    }

    /// Ends the input. On a terminal that is what Ctrl-D does, where the program has not switched that off.
    ///
    /// # Errors
    /// As [`Input::write`].
    pub fn end(&mut self) -> io::Result<()> {
        if self.is_terminal {
            return self.type_end();
        }
        // The last writing end of the pipe is gone with this; what takes its place cannot be written to.
        self.file = rustix::fs::open("/dev/null", OFlags::RDONLY | OFlags::CLOEXEC, rustix::fs::Mode::empty())?;
        Ok(())
    }

    /// What Ctrl-D does on a terminal, where the program has not switched that off. A pipe ends when it is dropped.
    ///
    /// # Errors
    /// As [`Input::write`].
    pub fn type_end(&self) -> io::Result<()> {
        let is_cooked = tcgetattr(&self.file).is_ok_and(|modes| modes.local_modes.contains(LocalModes::ICANON));
        if is_cooked { self.write(&[END_OF_TRANSMISSION]).map(drop) } else { Ok(()) }
    }

    /// Tells the terminal its new size, and it tells the program (SIGWINCH). Without a terminal this does nothing.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn resize(&self, size: WindowSize) -> io::Result<()> {
        if !self.is_terminal {
            return Ok(());
        }
        match tcsetwinsize(&self.file, winsize(size)) {
            Ok(()) | Err(Errno::IO) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

impl AsRawFd for Input {
    fn as_raw_fd(&self) -> RawFd {
        self.file.as_raw_fd()
    }
}

impl AsFd for Input {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

pub(crate) fn winsize(size: WindowSize) -> Winsize {
    Winsize { ws_row: size.rows, ws_col: size.cols, ws_xpixel: 0, ws_ypixel: 0 }
}
