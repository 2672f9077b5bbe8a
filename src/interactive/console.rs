//! Our own terminal: given to the program while it runs, and given back however that ends.

use std::{io::Read, os::fd::BorrowedFd, thread};

use anyhow::{Context, Result};
use codecanvas_protocol::WindowSize;
use rustix::{
    stdio::{stdin, stdout},
    termios::{OptionalActions, Termios, isatty, tcgetattr, tcgetwinsize, tcsetattr},
};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::mpsc::{Receiver, Sender, channel},
};

use super::Said;

/// The size of our terminal; `None` when a person is at neither end of us.
pub(crate) fn size() -> Option<WindowSize> {
    if !isatty(stdin()) || !isatty(stdout()) {
        return None;
    }
    let size = tcgetwinsize(stdout()).ok()?;
    let is_known = size.ws_row > 0 && size.ws_col > 0;
    Some(if is_known { WindowSize { rows: size.ws_row, cols: size.ws_col } } else { WindowSize::default() })
}

/// What is said at our standard input from now on. Dropping it gives the terminal back.
pub(super) struct Console {
    input: Receiver<Vec<u8>>,
    has_ended: bool,
    resized: Signal,
    ended: [Signal; 4],
    _raw: Option<Raw>,
}

impl Console {
    /// Begins to listen; on a terminal every key is the program's, Ctrl-C too.
    pub(super) fn open(terminal: bool) -> Result<Console> {
        let watch = |kind| signal(kind).context("cannot watch for signals");
        let (send, input) = channel(1);
        // A read cannot be given up: this thread ends with the process.
        thread::spawn(move || read(&send));
        Ok(Console {
            input,
            has_ended: false,
            resized: watch(SignalKind::window_change())?,
            ended: [
                watch(SignalKind::terminate())?,
                watch(SignalKind::hangup())?,
                watch(SignalKind::interrupt())?,
                watch(SignalKind::quit())?,
            ],
            _raw: if terminal { Some(Raw::enter()?) } else { None },
        })
    }

    /// The next thing that is said. Ends with an error when we are told to end.
    pub(super) async fn next(&mut self) -> Result<Said> {
        loop {
            let Console { input, has_ended, resized, ended, .. } = self;
            tokio::select! {
                bytes = input.recv(), if !*has_ended => {
                    *has_ended = bytes.is_none();
                    return Ok(bytes.map_or(Said::End, Said::Input));
                }
                _ = resized.recv() => {
                    if let Some(size) = size() {
                        return Ok(Said::Resize(size));
                    }
                }
                error = told_to_end(ended) => return Err(error),
            }
        }
    }

    /// Ends when we are told to end by a signal, and says so.
    pub(super) async fn told_to_end(&mut self) -> anyhow::Error {
        told_to_end(&mut self.ended).await
    }
}

async fn told_to_end([terminate, hang_up, interrupt, quit]: &mut [Signal; 4]) -> anyhow::Error {
    let signal = tokio::select! {
        _ = terminate.recv() => "SIGTERM",
        _ = hang_up.recv() => "SIGHUP",
        _ = interrupt.recv() => "SIGINT",
        _ = quit.recv() => "SIGQUIT",
    };
    anyhow::anyhow!("told to end ({signal}); the program was ended too")
}

fn read(send: &Sender<Vec<u8>>) {
    let mut buffer = [0; 16 << 10];
    loop {
        match std::io::stdin().lock().read(&mut buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Ok(0) | Err(_) => return,
            Ok(count) if send.blocking_send(buffer[..count].to_vec()).is_err() => return,
            Ok(_) => {}
        }
    }
}

/// Our terminal without any care of its own for keys and lines.
struct Raw(Termios);

impl Raw {
    fn enter() -> Result<Raw> {
        let before = tcgetattr(stdin()).context("cannot ask the terminal for its settings")?;
        let mut raw = before.clone();
        raw.make_raw();
        set(stdin(), &raw).context("cannot change the terminal's settings")?;
        Ok(Raw(before))
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = set(stdin(), &self.0);
    }
}

/// After what was written before is out.
fn set(terminal: BorrowedFd<'_>, settings: &Termios) -> rustix::io::Result<()> {
    tcsetattr(terminal, OptionalActions::Drain, settings)
}
