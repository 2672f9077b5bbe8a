//! Where the sandboxes of one model are built: a builder, and what it was asked for.

use std::{
    collections::VecDeque,
    os::fd::OwnedFd,
    path::PathBuf,
    time::{Duration, Instant},
};

use super::{builder::Builder, leaving::Leaving, prepared::Prepared, spares::Spare};
use crate::{
    Warm,
    cgroup::Group,
    error::{At, Error, Step},
    ledger::Ledger,
    sys, wire,
};

/// What sandboxes have in common that serve the same commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Model {
    pub(super) root: PathBuf,
    /// Which of the launcher's interpreters is there, if any: in memory, or started ahead.
    pub(super) warm: Option<usize>,
}

impl Model {
    /// One for programs that are executed.
    pub(super) fn cold(root: PathBuf) -> Model {
        Model { root, warm: None }
    }
}

/// A builder, and what it was asked for, in that order.
pub(super) struct Yard {
    pub(super) model: Model,
    pub(super) builder: Builder,
    pub(super) asked: VecDeque<Draft>,
    pub(super) started: Instant,
    built: u32,
    /// Whether it takes wishes: a template takes a moment.
    is_ready: bool,
}

/// All of a spare but the process itself: what a builder was asked for.
pub(super) struct Draft {
    ledger: Ledger,
    group: Group,
    orders: OwnedFd,
}

/// How long a template may take to be ready.
const START_PATIENCE: Duration = Duration::from_secs(60);

/// How many sandboxes a template serves, and how long at most and at least: what it forks shares the layout of its memory and its random
/// numbers. Starting another takes a processor for as long as many programs, which those who come then notice.
const SERVES: u32 = 1000;
const SERVES_MOST: Duration = Duration::from_secs(600);
const SERVES_LEAST: Duration = Duration::from_secs(20);

impl Yard {
    /// One that succeeds another is not waited for.
    pub(super) fn start(prepared: &Prepared, model: &Model, succeeds: bool) -> Result<Yard, Error> {
        let builder = match model.warm {
            None => Builder::start(prepared, &model.root)?,
            Some(index) => Builder::start_template(prepared, &model.root, warm(prepared, index)?, succeeds)?,
        };
        let is_ready = model.warm.is_none();
        Ok(Yard { model: model.clone(), builder, asked: VecDeque::new(), started: Instant::now(), built: 0, is_ready })
    }

    /// Whether it was not ready when that was last asked.
    pub(super) fn is_starting(&self) -> bool {
        !self.is_ready
    }

    /// Whether it takes wishes now.
    ///
    /// # Errors
    /// It never will.
    pub(super) fn is_ready(&mut self) -> Result<bool, Error> {
        if !self.is_ready {
            match self.builder.is_ready() {
                Some(ready) => ready?,
                None if self.started.elapsed() > START_PATIENCE => {
                    return Err(Error::refused(Step::StartTemplate, "it was not ready in time"));
                }
                None => return Ok(false),
            }
            self.is_ready = true;
        }
        Ok(true)
    }

    /// Whether another is to take its place.
    pub(super) fn has_served(&self) -> bool {
        let since = self.started.elapsed();
        self.model.warm.is_some() && (since >= SERVES_MOST || (self.built >= SERVES && since >= SERVES_LEAST))
    }

    pub(super) fn ask(&mut self, prepared: &Prepared) -> Result<(), Error> {
        let ledger = Ledger::new().at(Step::Fork)?;
        let (orders, theirs) = wire::pair().at(Step::Fork)?;
        let (group, entrances) = prepared.cgroups.create(&prepared.next_group_name()).at(Step::MakeCgroup)?;
        let asked = self.builder.ask(&ledger, &theirs, &entrances);
        match &asked {
            Ok(()) => self.asked.push_back(Draft { ledger, group, orders }),
            Err(_) => prepared.remove_group(&group),
        }
        self.built += 1;
        asked
    }

    /// The oldest that was asked for; waits until it is there.
    pub(super) fn built(&mut self) -> Result<Spare, Error> {
        // After an error the draft stays, for `end` to see what came of it.
        let pidfd = self.builder.answer()?;
        let Some(Draft { ledger, group, orders }) = self.asked.pop_front() else {
            return Err(Error::refused(Step::Fork, "nothing was asked for"));
        };
        let pid = ledger.built().ok_or_else(|| Error::refused(Step::Fork, "the builder tells of no process"))?;
        Ok(Spare { pid, pidfd, ledger, group, orders, model: self.model.clone() })
    }

    /// Ends it, and what it has under way: with their orders' sockets those sandboxes end.
    pub(super) fn end(self, prepared: &Prepared) -> Vec<Leaving> {
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

fn warm(prepared: &Prepared, index: usize) -> Result<&Warm, Error> {
    prepared.warm.get(index).ok_or_else(|| Error::refused(Step::StartTemplate, "no such interpreter"))
}
