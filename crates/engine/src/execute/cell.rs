//! What executing needs of a sandbox; the tests have one of their own.

use codecanvas_sandbox::{Child, Command, Exit, Sandbox, Stream};

use super::{Controls, OnLive, cancel::Cancel};
use crate::RunError;

/// Runs commands one after the other over the same working directory.
pub(super) trait Cell {
    /// Runs one command to its end. `cancel` is armed while it runs; every piece of output goes to `sink`.
    ///
    /// # Errors
    /// Only for what is our fault; how a program fails is in [`Exit`].
    fn run(&mut self, command: &Command, cancel: &Cancel, sink: &mut dyn FnMut(Stream, &[u8])) -> Result<Exit, RunError>;

    /// The same for a command that is fed while it runs; `on_live` gets the means when it has started.
    ///
    /// # Errors
    /// As [`Cell::run`].
    fn run_live(
        &mut self,
        command: &Command,
        cancel: &Cancel,
        on_live: OnLive,
        sink: &mut dyn FnMut(Stream, &[u8]),
    ) -> Result<Exit, RunError>;
}

impl Cell for Sandbox {
    fn run(&mut self, command: &Command, cancel: &Cancel, sink: &mut dyn FnMut(Stream, &[u8])) -> Result<Exit, RunError> {
        let child = self.spawn(command).map_err(RunError::Sandbox)?;
        wait(child, cancel, sink)
    }

    fn run_live(
        &mut self,
        command: &Command,
        cancel: &Cancel,
        on_live: OnLive,
        sink: &mut dyn FnMut(Stream, &[u8]),
    ) -> Result<Exit, RunError> {
        let (child, input) = self.spawn_live(command).map_err(RunError::Sandbox)?;
        on_live(Controls { input, signaller: child.signaller(), first: command.stdin.clone() });
        wait(child, cancel, sink)
    }
}

fn wait(child: Child, cancel: &Cancel, sink: &mut dyn FnMut(Stream, &[u8])) -> Result<Exit, RunError> {
    let killer = child.killer();
    cancel.arm(move || killer.kill());
    let exit = child.wait(sink);
    cancel.disarm();
    exit.map_err(RunError::Sandbox)
}
