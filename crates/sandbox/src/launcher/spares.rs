//! Sandboxes built ahead of need: everything of a sandbox that does not depend on the program, done while nobody waits for it.
//!
//! Each is used once. A run that finds none for its root builds one, the same way; only then somebody waits.

use std::{
    collections::VecDeque,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    path::Path,
    time::{Duration, Instant},
};

use rustix::process::Pid;

use super::{
    keeper::complain,
    leaving::{AFTER_END, Leaving},
    prepared::{KILL_PATIENCE, Prepared},
    yard::{Model, Yard},
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
    /// Which commands it serves.
    pub(super) model: Model,
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

    pub(super) fn is_alive(&self) -> bool {
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
    wanted: VecDeque<Model>,
    /// The oldest first; the one used last is the last. A template that is to be replaced stays until the next one is ready.
    yards: Vec<Yard>,
    /// Templates that could not be started, and when.
    broken: Vec<(Model, Instant)>,
    /// Inits of sandboxes that nobody needs any more, for the launcher to take leave of.
    pub(super) leaving: Vec<Leaving>,
    /// While there is another of its kind, building begins when nothing runs or a moment after an order, lest it takes the processor
    /// from the program that was just ordered.
    not_before: Instant,
}

/// That moment: what a small program needs to be started and to end.
const HOLD_BACK: Duration = Duration::from_millis(3);

/// What was built is taken when it is needed, or else when there is nothing to do: until then its failure would go unnoticed.
const AT_LEISURE: Duration = Duration::from_millis(50);

/// So many of a kind that was asked for wait: the next program then has one, and building another is not urgent.
const OF_A_KIND: usize = 2;

/// How often it is looked whether a template that was started is ready.
const LOOK_AT_TEMPLATE: Duration = Duration::from_millis(10);

/// How long a template that could not be started is not tried again.
const BROKEN_FOR: Duration = Duration::from_secs(60);

/// Builders that are kept; a language has one, or two.
const BUILDERS_MAX: usize = 64;

impl Spares {
    /// At most `size` wait at a time.
    pub(super) fn new(size: usize) -> Spares {
        let (ready, wanted, yards, broken, leaving) = Default::default();
        Spares { size, ready, wanted, yards, broken, leaving, not_before: Instant::now() }
    }

    /// Has one built when there is time.
    pub(super) fn want(&mut self, model: Model) {
        if self.wanted.len() < self.size {
            self.wanted.push_back(model);
        }
    }

    /// A sandbox of this model: one that waits, or a new one. Another is built in its place when there is time. If its interpreter is
    /// not ready, a program will have to be executed.
    pub(super) fn take(&mut self, prepared: &Prepared, model: Model) -> Result<Spare, Error> {
        self.want(model.clone());
        self.collect(prepared);
        let left = self.ready.iter().filter(|spare| spare.model == model).count();
        self.not_before = Instant::now() + if left > 1 { HOLD_BACK } else { Duration::ZERO };
        if left.saturating_sub(1) + self.under_way(&model) < OF_A_KIND {
            self.want(model.clone());
        }
        while let Some(index) = self.ready.iter().position(|spare| spare.model == model) {
            match self.ready.remove(index) {
                Some(spare) if spare.is_alive() => return Ok(spare),
                dead => self.leaving.extend(dead.map(|spare| spare.discard(prepared))),
            }
        }
        // A builder that has died since it was last asked is replaced; one that cannot work is not asked for ever.
        let mut build = |model: &Model| self.build(prepared, model).or_else(|_| self.build(prepared, model));
        let built = match build(&model) {
            Ok(None) | Err(_) if model.warm.is_some() => build(&Model::cold(model.root)),
            built => built,
        };
        built?.ok_or_else(|| Error::refused(Step::Fork, "the builder is not ready"))
    }

    /// A sandbox for programs that are executed, if one waits, for who has the time to come again.
    pub(super) fn take_waiting(&mut self, prepared: &Prepared, root: &Path) -> Option<Spare> {
        let model = Model::cold(root.to_owned());
        self.collect(prepared);
        let waiting = self.ready.iter().position(|spare| spare.model == model && spare.is_alive());
        // Another in its place; one that is not there is waited for.
        if waiting.is_some() || self.under_way(&model) == 0 {
            self.want(model);
        }
        self.ready.remove(waiting?)
    }

    /// How many of a kind are wanted, or asked for.
    fn under_way(&self, model: &Model) -> usize {
        let wanted = self.wanted.iter().filter(|wanted| *wanted == model).count();
        let yards = self.yards.iter().filter(|yard| yard.model == *model);
        wanted + yards.map(|yard| yard.asked.len()).sum::<usize>()
    }

    /// One that is built now, or was asked for before; none when its template is not ready.
    fn build(&mut self, prepared: &Prepared, model: &Model) -> Result<Option<Spare>, Error> {
        let Some(yard) = self.yard(prepared, model)? else { return Ok(None) };
        let asked = if yard.asked.is_empty() { yard.ask(prepared) } else { Ok(()) };
        let built = asked.and_then(|()| yard.built());
        if built.is_err() {
            self.close(prepared, model);
        }
        built.map(Some)
    }

    /// Nothing runs: there is no better time to build.
    pub(super) fn soon(&mut self) {
        self.not_before = Instant::now() + AFTER_END;
    }

    /// When something is to be built, or to be taken that was, if anything is.
    pub(super) fn due(&self) -> Option<Instant> {
        let is_awaited = || self.yards.iter().any(|yard| !yard.asked.is_empty() || yard.is_starting());
        let wanted = (!self.wanted.is_empty()).then_some(self.not_before);
        wanted.or_else(|| is_awaited().then_some(self.not_before + AT_LEISURE))
    }

    /// Takes what was built, and has one built that is wanted.
    pub(super) fn refill(&mut self, prepared: &Prepared) {
        self.collect(prepared);
        let Some(model) = self.wanted.pop_front() else {
            // Without another program to come, who has served would stay beside a successor for ever.
            let starting = self.yards.iter().filter(|yard| yard.is_starting()).map(|yard| yard.model.clone());
            for model in starting.collect::<Vec<_>>() {
                self.settle(prepared, &model);
            }
            self.not_before = Instant::now();
            return;
        };
        let under_way: usize = self.yards.iter().map(|yard| yard.asked.len()).sum();
        if under_way >= self.size {
            return;
        }
        self.make_room(under_way + 1, prepared);
        let asked = match self.yard(prepared, &model) {
            Ok(Some(yard)) => yard.ask(prepared),
            Ok(None) => {
                self.not_before = Instant::now() + LOOK_AT_TEMPLATE;
                if !self.is_broken(&model) {
                    self.wanted.push_back(model);
                }
                return;
            }
            Err(error) => Err(error),
        };
        if let Err(error) = asked {
            not_ahead(&error);
            self.close(prepared, &model);
        }
    }

    /// Takes what has been built meanwhile.
    fn collect(&mut self, prepared: &Prepared) {
        let mut broken = Vec::new();
        for yard in &mut self.yards {
            while !yard.asked.is_empty() && sys::is_readable(yard.builder.answers()).unwrap_or(true) {
                match yard.built() {
                    Ok(spare) => self.ready.push_back(spare),
                    Err(error) => {
                        not_ahead(&error);
                        broken.push(yard.model.clone());
                        break;
                    }
                }
            }
        }
        broken.iter().for_each(|model| self.close(prepared, model));
        self.make_room(0, prepared);
    }

    /// The oldest that wait make room for so many others.
    fn make_room(&mut self, others: usize, prepared: &Prepared) {
        while self.ready.len() + others > self.size {
            let Some(oldest) = self.ready.pop_front() else { return };
            self.leaving.push(oldest.discard(prepared));
        }
    }

    fn is_broken(&self, model: &Model) -> bool {
        self.broken.iter().any(|(broken, since)| broken == model && since.elapsed() < BROKEN_FOR)
    }

    /// The builder of a model, started if there is none; none while its template is not ready.
    fn yard(&mut self, prepared: &Prepared, model: &Model) -> Result<Option<&mut Yard>, Error> {
        let is_starting = self.settle(prepared, model);
        let working = self.yards.iter_mut().position(|yard| yard.model == *model && yard.is_ready().unwrap_or(false));
        let needs_another = working.is_none_or(|index| self.yards[index].has_served());
        if needs_another && !is_starting && !self.is_broken(model) {
            let yard = Yard::start(prepared, model, working.is_some()).inspect_err(|_| self.give_up(model))?;
            if self.yards.len() == BUILDERS_MAX {
                let oldest = self.yards.remove(0);
                self.leaving.extend(oldest.end(prepared));
            }
            self.yards.push(yard);
        }
        let working = self.yards.iter_mut().position(|yard| yard.model == *model && yard.is_ready().unwrap_or(false));
        let Some(index) = working else { return Ok(None) };
        let yard = self.yards.remove(index);
        self.yards.push(yard);
        Ok(self.yards.last_mut())
    }

    /// Lets a template that has become ready take its predecessor's place, and gives up one that cannot; whether one is being started.
    fn settle(&mut self, prepared: &Prepared, model: &Model) -> bool {
        let mut is_starting = false;
        let mut newest = None;
        for index in (0..self.yards.len()).rev() {
            let yard = &mut self.yards[index];
            if yard.model != *model || model.warm.is_none() {
                continue;
            }
            match yard.is_ready() {
                Ok(true) => newest = newest.max(Some(yard.started)),
                Ok(false) => is_starting = true,
                Err(error) => {
                    not_ahead(&error);
                    self.give_up(model);
                    let yard = self.yards.remove(index);
                    self.leaving.extend(yard.end(prepared));
                }
            }
        }
        let has_served = |yard: &Yard| yard.model == *model && !yard.is_starting() && Some(yard.started) < newest;
        while let Some(index) = self.yards.iter().position(has_served) {
            let yard = self.yards.remove(index);
            self.leaving.extend(yard.end(prepared));
        }
        is_starting
    }

    /// Does without a template for a while.
    fn give_up(&mut self, model: &Model) {
        if model.warm.is_some() {
            self.broken.retain(|(broken, _)| broken != model);
            self.broken.push((model.clone(), Instant::now()));
        }
    }

    /// Ends a builder. Whoever needs a sandbox of its model next starts another, and is told why that fails.
    fn close(&mut self, prepared: &Prepared, model: &Model) {
        while let Some(index) = self.yards.iter().position(|yard| yard.model == *model) {
            let yard = self.yards.remove(index);
            self.leaving.extend(yard.end(prepared));
        }
    }

    /// Lets go of all.
    pub(super) fn end(&mut self, prepared: &Prepared) {
        self.leaving.extend(self.yards.drain(..).flat_map(|yard| yard.end(prepared)));
        self.leaving.extend(self.ready.drain(..).map(|spare| spare.discard(prepared)));
        self.leaving.drain(..).for_each(|leaving| leaving.farewell(KILL_PATIENCE, prepared));
    }
}

fn not_ahead(error: &Error) {
    complain(format_args!("no sandbox could be built ahead: {error}"));
}
