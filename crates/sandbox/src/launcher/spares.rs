//! Sandboxes built ahead of need: everything of a sandbox that does not depend on the program, done while nobody waits for it.
//!
//! Each is used once. A run that finds none for its root builds one, the same way; only then somebody waits.

use std::{
    collections::VecDeque,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use rustix::process::Pid;

use super::prepared::{KILL_PATIENCE, Prepared};
use crate::{
    cgroup::Group,
    error::{At, Error, Step},
    init::{self, NAMESPACES, Order, Seed},
    ledger::Ledger,
    sys, wire,
};

/// A sandbox whose init waits for its order.
pub(super) struct Spare {
    pub(super) pid: Pid,
    pub(super) pidfd: OwnedFd,
    pub(super) ledger: Ledger,
    pub(super) group: Group,
    orders: OwnedFd,
    root: PathBuf,
}

impl Spare {
    fn build(prepared: &Prepared, root: &Path) -> Result<Spare, Error> {
        let group = prepared.cgroups.create(&prepared.next_group_name()).at(Step::MakeCgroup)?;
        let forked = Spare::fork(prepared, root, &group);
        match forked {
            Ok((pid, pidfd, ledger, orders)) => Ok(Spare { pid, pidfd, ledger, group, orders, root: root.to_owned() }),
            Err(error) => {
                prepared.remove_group(&group);
                Err(error)
            }
        }
    }

    fn fork(prepared: &Prepared, root: &Path, group: &Group) -> Result<(Pid, OwnedFd, Ledger, OwnedFd), Error> {
        let ledger = Ledger::new().at(Step::Fork)?;
        let (orders, theirs) = wire::pair().at(Step::Fork)?;
        let user = if prepared.rootless { libc::CLONE_NEWUSER } else { 0 };
        match sys::fork(NAMESPACES | user).at(Step::Fork)? {
            // Init first closes all that it is not given, its end of the launcher's `orders` among it.
            sys::Forked::Child => init::live(&Seed {
                root,
                proc_masks: &prepared.root.proc_masks,
                rootless: prepared.rootless,
                ledger: &ledger,
                launcher: prepared.myself.as_fd(),
                orders: theirs,
                entrances: &group.entrances,
            }),
            sys::Forked::Parent(pid, pidfd) => Ok((pid, pidfd, ledger, orders)),
        }
    }

    /// Tells init what to run.
    pub(super) fn order(&self, order: &Order, fds: &[BorrowedFd<'_>]) -> Result<(), Error> {
        match wire::send(self.orders.as_fd(), order, fds) {
            // It has ended, and the ledger says why.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            other => other.at(Step::Fork),
        }
    }

    fn is_alive(&self) -> bool {
        !sys::is_readable(self.pidfd.as_fd()).unwrap_or(true)
    }

    /// Lets go of it; its init ends, and with it the sandbox.
    pub(super) fn discard(self, prepared: &Prepared) {
        drop(self.orders);
        if sys::is_readable_within(self.pidfd.as_fd(), KILL_PATIENCE).unwrap_or(false) {
            let _ = sys::wait(Some(self.pid));
            prepared.remove_group(&self.group);
        }
    }
}

/// The sandboxes that wait, and those that are to be built.
pub(super) struct Spares {
    size: usize,
    ready: VecDeque<Spare>,
    wanted: VecDeque<PathBuf>,
    /// Building begins a moment after an order, lest it takes the processor from the program that was just ordered.
    not_before: Instant,
}

/// That moment: about what a program needs to be started.
const HOLD_BACK: Duration = Duration::from_millis(1);

impl Spares {
    /// At most `size` wait at a time.
    pub(super) fn new(size: usize) -> Spares {
        Spares { size, ready: VecDeque::new(), wanted: VecDeque::new(), not_before: Instant::now() }
    }

    /// A sandbox with this root: one that waits, or a new one. Another is built in its place when there is time.
    pub(super) fn take(&mut self, prepared: &Prepared, root: &Path) -> Result<Spare, Error> {
        if self.size > 0 && self.wanted.len() < self.size {
            self.wanted.push_back(root.to_owned());
        }
        self.not_before = Instant::now() + HOLD_BACK;
        while let Some(index) = self.ready.iter().position(|spare| spare.root == root) {
            match self.ready.remove(index) {
                Some(spare) if spare.is_alive() => return Ok(spare),
                dead => dead.into_iter().for_each(|spare| spare.discard(prepared)),
            }
        }
        Spare::build(prepared, root)
    }

    /// When something is to be built, if anything is.
    pub(super) fn due(&self) -> Option<Instant> {
        (!self.wanted.is_empty()).then_some(self.not_before)
    }

    /// Builds one that is wanted; the oldest that waits makes room for it.
    pub(super) fn refill(&mut self, prepared: &Prepared) {
        let Some(root) = self.wanted.pop_front() else { return };
        if self.ready.len() >= self.size {
            self.ready.pop_front().into_iter().for_each(|spare| spare.discard(prepared));
        }
        match Spare::build(prepared, &root) {
            Ok(spare) => self.ready.push_back(spare),
            // Whoever needs it builds its own and is told why that fails.
            Err(error) => eprintln!("codecanvas launcher: no sandbox could be built ahead: {error}"),
        }
    }

    /// Lets go of all.
    pub(super) fn end(&mut self, prepared: &Prepared) {
        self.ready.drain(..).for_each(|spare| spare.discard(prepared));
    }
}
