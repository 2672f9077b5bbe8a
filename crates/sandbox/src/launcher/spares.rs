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

use super::{
    builder::Builder,
    keeper::complain,
    prepared::{KILL_PATIENCE, Prepared},
    run::Leaving,
};
use crate::{
    cgroup::Group,
    error::{At, Error, Step},
    init::Order,
    ledger::Ledger,
    sys, wire,
};

/// A sandbox whose init waits for its order.
pub(super) struct Spare {
    pub(super) pid: Pid,
    pub(super) pidfd: OwnedFd,
    pub(super) ledger: Ledger,
    pub(super) group: Group,
    /// Where init gets its order; it hangs up when it is done.
    pub(super) orders: OwnedFd,
    root: PathBuf,
}

/// All of a spare but the process itself: what a builder was asked for.
struct Draft {
    ledger: Ledger,
    group: Group,
    orders: OwnedFd,
}

impl Spare {
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

    /// Lets go of it: its init ends by itself. No program was in its groups.
    pub(super) fn discard(self, prepared: &Prepared) -> Leaving {
        prepared.remove_group(&self.group);
        Leaving::new(self.pid, self.pidfd)
    }
}

/// The sandboxes that wait, and those that are to be built.
pub(super) struct Spares {
    size: usize,
    ready: VecDeque<Spare>,
    wanted: VecDeque<PathBuf>,
    /// The oldest first; the one used last is the last.
    builders: Vec<Yard>,
    /// Inits of sandboxes that nobody needs any more, for the launcher to take leave of.
    pub(super) leaving: Vec<Leaving>,
    /// While there is another of its kind, building begins when nothing runs or a moment after an order, lest it takes the processor
    /// from the program that was just ordered.
    not_before: Instant,
}

/// The builder of a root, and what it was asked for, in that order.
struct Yard {
    root: PathBuf,
    builder: Builder,
    asked: VecDeque<Draft>,
}

/// That moment: what a small program needs to be started and to end.
const HOLD_BACK: Duration = Duration::from_millis(3);

/// Builders that are kept; a language has one.
const BUILDERS_MAX: usize = 64;

impl Spares {
    /// At most `size` wait at a time.
    pub(super) fn new(size: usize) -> Spares {
        let (ready, wanted, builders, leaving) = Default::default();
        Spares { size, ready, wanted, builders, leaving, not_before: Instant::now() }
    }

    /// A sandbox with this root: one that waits, or a new one. Another is built in its place when there is time.
    pub(super) fn take(&mut self, prepared: &Prepared, root: &Path) -> Result<Spare, Error> {
        if self.wanted.len() < self.size {
            self.wanted.push_back(root.to_owned());
        }
        self.collect(prepared);
        let left = self.ready.iter().filter(|spare| spare.root == root).count();
        self.not_before = Instant::now() + if left > 1 { HOLD_BACK } else { Duration::ZERO };
        while let Some(index) = self.ready.iter().position(|spare| spare.root == root) {
            match self.ready.remove(index) {
                Some(spare) if spare.is_alive() => return Ok(spare),
                dead => self.leaving.extend(dead.map(|spare| spare.discard(prepared))),
            }
        }
        // A builder that has died since it was last asked is replaced; one that cannot work is not asked for ever.
        self.build(prepared, root).or_else(|_| self.build(prepared, root))
    }

    /// One that is built now, or was asked for before.
    fn build(&mut self, prepared: &Prepared, root: &Path) -> Result<Spare, Error> {
        let yard = self.yard(prepared, root)?;
        let asked = if yard.asked.is_empty() { yard.ask(prepared) } else { Ok(()) };
        let built = asked.and_then(|()| yard.built());
        if built.is_err() {
            self.close(prepared, root);
        }
        built
    }

    /// Nothing runs: there is no better time to build.
    pub(super) fn at_once(&mut self) {
        self.not_before = Instant::now();
    }

    /// When something is to be built, if anything is.
    pub(super) fn due(&self) -> Option<Instant> {
        (!self.wanted.is_empty()).then_some(self.not_before)
    }

    /// Has one built that is wanted.
    pub(super) fn refill(&mut self, prepared: &Prepared) {
        let Some(root) = self.wanted.pop_front() else { return };
        self.collect(prepared);
        let under_way: usize = self.builders.iter().map(|yard| yard.asked.len()).sum();
        if under_way >= self.size {
            return;
        }
        self.make_room(under_way + 1, prepared);
        if let Err(error) = self.yard(prepared, &root).and_then(|yard| yard.ask(prepared)) {
            not_ahead(&error);
            self.close(prepared, &root);
        }
    }

    /// Takes what has been built meanwhile.
    fn collect(&mut self, prepared: &Prepared) {
        let mut broken = Vec::new();
        for yard in &mut self.builders {
            while !yard.asked.is_empty() && sys::is_readable(yard.builder.answers()).unwrap_or(true) {
                match yard.built() {
                    Ok(spare) => self.ready.push_back(spare),
                    Err(error) => {
                        not_ahead(&error);
                        broken.push(yard.root.clone());
                        break;
                    }
                }
            }
        }
        broken.iter().for_each(|root| self.close(prepared, root));
        self.make_room(0, prepared);
    }

    /// The oldest that wait make room for so many others.
    fn make_room(&mut self, others: usize, prepared: &Prepared) {
        while self.ready.len() + others > self.size {
            let Some(oldest) = self.ready.pop_front() else { return };
            self.leaving.push(oldest.discard(prepared));
        }
    }

    /// The builder of a root, started if there is none.
    fn yard(&mut self, prepared: &Prepared, root: &Path) -> Result<&mut Yard, Error> {
        let yard = match self.builders.iter().position(|yard| yard.root == root) {
            Some(index) => self.builders.remove(index),
            None => Yard { root: root.to_owned(), builder: Builder::start(prepared, root)?, asked: VecDeque::new() },
        };
        if self.builders.len() == BUILDERS_MAX {
            let oldest = self.builders.remove(0);
            self.leaving.extend(oldest.end(prepared));
        }
        self.builders.push(yard);
        Ok(self.builders.last_mut().expect("it was just put there"))
    }

    /// Ends a builder. Whoever needs a sandbox of its root next starts another, and is told why that fails.
    fn close(&mut self, prepared: &Prepared, root: &Path) {
        if let Some(index) = self.builders.iter().position(|yard| yard.root == root) {
            let yard = self.builders.remove(index);
            self.leaving.extend(yard.end(prepared));
        }
    }

    /// Lets go of all.
    pub(super) fn end(&mut self, prepared: &Prepared) {
        self.leaving.extend(self.builders.drain(..).flat_map(|yard| yard.end(prepared)));
        self.leaving.extend(self.ready.drain(..).map(|spare| spare.discard(prepared)));
        self.leaving.drain(..).for_each(|leaving| leaving.farewell(KILL_PATIENCE));
    }
}

impl Yard {
    fn ask(&mut self, prepared: &Prepared) -> Result<(), Error> {
        let ledger = Ledger::new().at(Step::Fork)?;
        let (orders, theirs) = wire::pair().at(Step::Fork)?;
        let (group, entrances) = prepared.cgroups.create(&prepared.next_group_name()).at(Step::MakeCgroup)?;
        let asked = self.builder.ask(&ledger, &theirs, &entrances);
        match &asked {
            Ok(()) => self.asked.push_back(Draft { ledger, group, orders }),
            Err(_) => prepared.remove_group(&group),
        }
        asked
    }

    /// The oldest that was asked for; waits until it is there.
    fn built(&mut self) -> Result<Spare, Error> {
        // After an error the draft stays, for `end` to see what came of it.
        let pidfd = self.builder.answer()?;
        let Some(Draft { ledger, group, orders }) = self.asked.pop_front() else {
            return Err(Error::refused(Step::Fork, "nothing was asked for"));
        };
        let pid = ledger.built().ok_or_else(|| Error::refused(Step::Fork, "the builder tells of no process"))?;
        Ok(Spare { pid, pidfd, ledger, group, orders, root: self.root.clone() })
    }

    /// Ends it, and what it has under way: with their orders' sockets those sandboxes end.
    fn end(self, prepared: &Prepared) -> Vec<Leaving> {
        let Yard { builder, asked, .. } = self;
        drop(builder);
        let leave = |Draft { ledger, group, orders }: Draft| {
            drop(orders);
            prepared.remove_group(&group);
            let pid = ledger.built()?;
            // Without a descriptor left to watch it by it is waited for here: it ends by itself.
            let watched = rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty());
            watched.inspect_err(|_| drop(sys::wait(Some(pid)))).ok().map(|pidfd| Leaving::new(pid, pidfd))
        };
        asked.into_iter().filter_map(leave).collect()
    }
}

fn not_ahead(error: &Error) {
    complain(format_args!("no sandbox could be built ahead: {error}"));
}
