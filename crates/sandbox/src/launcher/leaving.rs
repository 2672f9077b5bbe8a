//! Sandboxes that are over for their clients, and not yet for the kernel.

use std::{
    os::fd::{AsFd, OwnedFd},
    time::Duration,
};

use rustix::process::Pid;

use super::prepared::Prepared;
use crate::{cgroup::Group, sys};

/// How long who is told of a program's end has the processors for himself.
pub(super) const AFTER_END: Duration = Duration::from_micros(500);

/// An init that has nothing left to do and will end by itself; or one that does not die, with what it holds until it does.
pub(super) struct Leaving {
    pub(super) pid: Pid,
    pub(super) pidfd: OwnedFd,
    pub(super) group: Option<Group>,
    pub(super) place: Option<usize>,
    /// Whether that is a place of those for interpreters that are started ahead.
    pub(super) was_ahead: bool,
    /// Hanging up here lets init go.
    pub(super) orders: Option<OwnedFd>,
}

/// What a run that is over has left.
pub(super) struct Spent {
    pub(super) group: Group,
    /// Its init, if that has still to go.
    pub(super) leaving: Option<Leaving>,
}

impl Leaving {
    pub(super) fn new(pid: Pid, pidfd: OwnedFd) -> Leaving {
        Leaving { pid, pidfd, group: None, place: None, was_ahead: false, orders: None }
    }

    /// Lets init go that waits for that.
    pub(super) fn let_go(&mut self) {
        if let Some(orders) = self.orders.take() {
            // Not just closed: a process that was just forked may still have it open.
            let _ = rustix::net::shutdown(&orders, rustix::net::Shutdown::Both);
        }
    }

    /// Takes leave of it, and of its group, when it has ended, or does so within this time.
    pub(super) fn farewell(mut self, patience: Duration, prepared: &Prepared) {
        self.let_go();
        if sys::is_readable_within(self.pidfd.as_fd(), patience).unwrap_or(true) {
            let _ = sys::wait(Some(self.pid));
        }
        self.group.iter().for_each(|group| prepared.remove_group(group));
    }
}
