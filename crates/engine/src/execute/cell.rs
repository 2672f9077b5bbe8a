//! What executing needs of a sandbox; the tests have one of their own.

use codecanvas_sandbox::{Command, Exit, Kept, Sandbox, Stream, TreeKey};

use super::{Controls, OnLive, cancel::Cancel};
use crate::{RunError, cache::Keeper};

/// Runs commands one after the other over the same working directory.
pub(super) trait Cell: Keeper {
    /// Runs one command to its end. `cancel` is armed while it runs; every piece of output goes to `sink`. With `on_live` it is fed
    /// while it runs, and that gets the means when it has started.
    ///
    /// # Errors
    /// Only for what is our fault; how a program fails is in [`Exit`].
    fn run(
        &mut self,
        command: &Command,
        cancel: &Cancel,
        on_live: Option<OnLive>,
        sink: &mut dyn FnMut(Stream, &[u8]),
    ) -> Result<Exit, RunError>;
}

impl Keeper for Sandbox {
    fn launcher(&self) -> u32 {
        self.launcher()
    }

    fn keep(&mut self, key: TreeKey) -> Kept {
        // A launcher that is gone keeps nothing; the phase that follows is told so.
        self.keep(key).unwrap_or(Kept::No)
    }

    fn forget(&mut self, key: TreeKey) {
        let _ = self.forget(key);
    }
}

impl Cell for Sandbox {
    fn run(
        &mut self,
        command: &Command,
        cancel: &Cancel,
        on_live: Option<OnLive>,
        sink: &mut dyn FnMut(Stream, &[u8]),
    ) -> Result<Exit, RunError> {
        let child = match on_live {
            None => self.spawn(command).map_err(RunError::from)?,
            Some(on_live) => {
                let (child, input) = self.spawn_live(command).map_err(RunError::from)?;
                on_live(Controls { input, signaller: child.signaller(), first: command.stdin.clone() });
                child
            }
        };
        let killer = child.killer();
        cancel.arm(move || killer.kill());
        let exit = child.wait(sink);
        cancel.disarm();
        exit.map_err(RunError::from)
    }
}
