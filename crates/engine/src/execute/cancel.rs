//! Ends a run from the other side, whatever it is doing just now: before, in or between its phases.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Shared by the side that waits and the side that runs.
#[derive(Debug, Clone, Default)]
pub(super) struct Cancel {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    is_cancelled: bool,
    /// Ends the program that runs now.
    kill: Option<Box<dyn Fn() + Send>>,
}

/// Cancels when it is dropped. Once the run has ended, that does nothing.
#[derive(Debug)]
pub(super) struct CancelOnDrop(Cancel);

impl Cancel {
    /// A guard for the side that waits.
    pub(super) fn on_drop(&self) -> CancelOnDrop {
        CancelOnDrop(self.clone())
    }

    /// Whether nobody waits any more: nothing further is started.
    pub(super) fn is_cancelled(&self) -> bool {
        self.state().is_cancelled
    }

    /// Tells how to end the program that has just been started. If it was cancelled since it was last asked, that is done at once.
    pub(super) fn arm(&self, kill: impl Fn() + Send + 'static) {
        let mut state = self.state();
        if state.is_cancelled {
            kill();
        } else {
            state.kill = Some(Box::new(kill));
        }
    }

    /// The program has ended.
    pub(super) fn disarm(&self) {
        self.state().kill = None;
    }

    fn cancel(&self) {
        let mut state = self.state();
        state.is_cancelled = true;
        if let Some(kill) = state.kill.take() {
            kill();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").field("is_cancelled", &self.is_cancelled).field("runs", &self.kill.is_some()).finish()
    }
}
