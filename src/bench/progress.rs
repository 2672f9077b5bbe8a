//! How far it is, for whoever watches: a bar on stderr, drawn only when that is a terminal.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

/// One load is so many steps of the bar.
const STEPS: u64 = 100;

/// A bar over a number of loads.
pub(super) struct Progress {
    bar: ProgressBar,
    done: Cell<u64>,
    drawn: Cell<Option<Instant>>,
}

impl Progress {
    pub(super) fn over(loads: usize) -> Progress {
        let bar = ProgressBar::new(loads as u64 * STEPS);
        let style = ProgressStyle::with_template("{bar:32} {percent:>3} %  {elapsed} of {duration}  {msg}");
        bar.set_style(style.expect("the template is right"));
        Progress { bar, done: Cell::new(0), drawn: Cell::new(None) }
    }

    /// A load begins.
    pub(super) fn begin(&self, what: String) {
        self.bar.set_message(what);
    }

    /// So much of the load is done.
    pub(super) fn part(&self, part: f64) {
        // Drawing costs processor time, which is the server's on a machine that has both.
        if self.drawn.get().is_none_or(|drawn| drawn.elapsed() > Duration::from_millis(250)) {
            self.drawn.set(Some(Instant::now()));
            self.bar.set_position(self.done.get() * STEPS + (part * STEPS as f64) as u64);
        }
    }

    /// The load is done.
    pub(super) fn end(&self) {
        self.done.set(self.done.get() + 1);
        self.bar.set_position(self.done.get() * STEPS);
    }

    /// Takes the bar away.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
