//! The signals that end the server: the first one lets what runs finish, the second one does not wait.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::terminal;

/// The signals, caught from now on.
pub(crate) struct Shutdown {
    terminate: Signal,
    interrupt: Signal,
}

impl Shutdown {
    /// Catches SIGTERM and SIGINT. Needs a runtime.
    pub(crate) fn catch() -> io::Result<Shutdown> {
        Ok(Shutdown { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Returns at the first signal; a second one ends the process at once, and with it the launcher and every sandbox.
    pub(crate) async fn first(mut self) {
        self.next().await;
        terminal::say("stopping: waiting for what runs (once more stops at once)");
        tokio::spawn(async move { std::process::exit(self.next().await) });
    }

    /// The exit code for the next signal, as a shell counts.
    async fn next(&mut self) -> i32 {
        tokio::select! {
            _ = self.terminate.recv() => 128 + SignalKind::terminate().as_raw_value(),
            _ = self.interrupt.recv() => 128 + SignalKind::interrupt().as_raw_value(),
        }
    }
}
