//! What executing needs of a sandbox; the tests have one of their own.

use codecanvas_sandbox::{Command, Exit, Sandbox, Stream};

use super::cancel::Cancel;
use crate::RunError;

/// Runs commands one after the other over the same working directory.
pub(super) trait Cell {
    /// Runs one command to its end. `cancel` is armed while it runs; every piece of output goes to `sink`.
    ///
    /// # Errors
    /// Only for what is our fault; how a program fails is in [`Exit`].
    fn run(&mut self, command: &Command, cancel: &Cancel, sink: &mut dyn FnMut(Stream, &[u8])) -> Result<Exit, RunError>;
}

impl Cell for Sandbox {
    fn run(&mut self, command: &Command, cancel: &Cancel, sink: &mut dyn FnMut(Stream, &[u8])) -> Result<Exit, RunError> {
        let child = self.spawn(command).map_err(RunError::Sandbox)?;
        let killer = child.killer();
        cancel.arm(move || killer.kill());
        let exit = child.wait(sink);
        cancel.disarm();
        exit.map_err(RunError::Sandbox)
    }
}
