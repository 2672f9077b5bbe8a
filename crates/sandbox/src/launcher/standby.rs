//! Interpreters that are started ahead of need, for those that cannot be forked: each in a sandbox of its own, as any program is, but
//! with nothing to run yet. It has come as far as it comes without a program and waits there (`crates/gate`; Node.js goes there by
//! `gate.js`); the order reaches it by its init (`init/gate.rs`). Each serves one program, or none.
//!
//! ```text
//! a spare ── order, at gate ──→ starting ── ready ──→ waiting ── order ──→ a run like any other
//! ```
//!
//! A program's user id cannot be changed from outside, so that each has a place of its own while it waits; the client's sandbox whose
//! program gets it has that place from then on, and the place that it had serves the next one that is started ahead.

use std::{
    os::fd::AsFd,
    time::{Duration, Instant},
};

use codecanvas_protocol::Limits;
use rustix::{
    fs::{Mode, OFlags},
    process::{Signal, pidfd_send_signal},
};

use super::{
    etc::gate_variable,
    keeper::complain,
    leaving::Leaving,
    prepared::{KILL_PATIENCE, Prepared},
    run::counted,
    sandbox::Sandbox,
    spares::{Spare, Spares},
    yard::Model,
};
use crate::{
    Command,
    error::{At, Error, Step},
    init::{Order, Work},
    program::GATE_FILES,
    warm::Additions,
    wire,
};

/// The most interpreters that wait, of all kinds together and however many sandboxes are built ahead.
pub const STANDBYS_MAX: u32 = 8;

/// What those that wait may have in memory together, unless that is more than this part of the host's, and what one is taken to need
/// that cannot be measured.
const MEMORY_MAX: u64 = 256 << 20;
const MEMORY_PART: u64 = 8;
/// What they may have when nobody asks for one of them any more.
const MEMORY_IDLE: u64 = 96 << 20;
const MEMORY_EACH: u64 = 32 << 20;

/// How many start at the same time: that is work for a processor.
const STARTING_MAX: usize = 2;

/// How often it is looked whether those have started when more are wanted.
const LOOK_AT_STARTING: Duration = Duration::from_millis(20);

/// A program that was just ordered has the processor first, unless nothing runs.
const HOLD_BACK: Duration = Duration::from_millis(10);

/// When it is tried again to start one, after no sandbox was built for it: later each time, up to so many times as long.
const TRY_AGAIN: Duration = Duration::from_millis(3);
const TRIES_MAX: u32 = 1000;

/// One that waits longer is replaced.
const WAITS: Duration = Duration::from_secs(600);

/// What is handed over to one at most: the kernel's limits on what is executed are larger, and are not met here.
const WORDS_MAX: usize = 64 << 10;

/// So long after the last time that there were too few, one less is wanted; and after nobody asked for that long, none at all.
const FEWER_AFTER: Duration = Duration::from_secs(120);
const NONE_AFTER: Duration = Duration::from_secs(3600);

/// One whose language nobody asked for that long gives way to the first one of another.
const RESTS: Duration = Duration::from_secs(10);

/// How long none is started of an interpreter of which so many in a row ended before they were ready.
const BROKEN_FOR: Duration = Duration::from_secs(60);
const FAILURES_MAX: u32 = 3;

/// How often it is looked whether there are too many, or too old ones.
const LOOK_AFTER: Duration = Duration::from_secs(30);

/// An interpreter that waits, or will when it has started.
struct Standby {
    spare: Spare,
    place: usize,
    /// What it is; its sandbox is one for any program.
    model: Model,
    /// What it was started with: it can take on lower ones, not higher.
    limits: Limits,
    started: Instant,
    is_ready: bool,
}

/// How many of an interpreter are wanted, and for which commands.
struct Demand {
    model: Model,
    limits: Limits,
    count: usize,
    asked: Instant,
    /// When there were too few.
    short: Instant,
    failures: u32,
    broken: Option<Instant>,
    /// Whether one has been ready: then one that is still starting is as good as one to be started.
    proven: bool,
}

impl Demand {
    /// What became of one of them.
    fn note(&mut self, is_ready: bool, is_alive: bool) {
        self.proven |= is_ready;
        if is_ready {
            self.failures = 0;
        } else if !is_alive {
            complain("an interpreter that was started ahead has ended before it was ready");
            self.fail();
        }
    }

    fn fail(&mut self) {
        self.failures += 1;
        if self.failures == FAILURES_MAX {
            (self.failures, self.broken) = (0, Some(Instant::now()));
        }
    }
}

/// All of them.
pub(super) struct Standbys {
    all: Vec<Standby>,
    demands: Vec<Demand>,
    /// Places that none of them has.
    pub(super) places: Vec<usize>,
    /// How many places there are, and how many interpreters of one kind there may be.
    places_all: usize,
    max: usize,
    /// What they may have in memory together.
    memory: u64,
    /// What ends, for the launcher to take leave of.
    pub(super) leaving: Vec<Leaving>,
    not_before: Instant,
    /// How often in a row there was no sandbox to start one in.
    tries: u32,
    look: Instant,
}

impl Standbys {
    /// None yet: somebody has to ask for the language first.
    pub(super) fn new(places: Vec<usize>, max: usize) -> Standbys {
        let now = Instant::now();
        let places_all = places.len();
        let host = rustix::system::sysinfo();
        let memory = MEMORY_MAX.min(u64::from(host.mem_unit) * host.totalram / MEMORY_PART);
        Standbys {
            all: Vec::new(),
            demands: Vec::new(),
            places,
            places_all,
            max,
            memory,
            leaving: Vec::new(),
            not_before: now,
            tries: 0,
            look: now,
        }
    }

    /// One of this model for this command, if there is one; with it the sandbox gets another place.
    pub(super) fn take(
        &mut self,
        prepared: &Prepared,
        model: &Model,
        additions: &Additions,
        sandbox: &mut Sandbox,
        command: &Command,
    ) -> Option<Spare> {
        // The file's name it has been told already.
        let is_its_file = || prepared.warm[model.warm?].argv.last().map(|file| *file == additions.file);
        if self.places_all == 0 || sandbox.has_work() || !is_plain(command) || is_its_file() != Some(true) {
            return None;
        }
        self.settle();
        let now = Instant::now();
        self.not_before = now + HOLD_BACK;
        let index = self.find(model, &command.limits);
        let is_short = index.is_none_or(|index| !self.all[index].is_ready);
        let proven = self.ask(model, &command.limits, is_short, now);
        let index = index.filter(|index| proven || self.all[*index].is_ready)?;
        let Standby { spare, place, .. } = self.all.remove(index);
        self.places.extend(sandbox.place.replace(place));
        Some(spare)
    }

    /// The one that has waited longest, or else will be ready first.
    fn find(&self, model: &Model, limits: &Limits) -> Option<usize> {
        let fits = |standby: &Standby| standby.model == *model && has_room_for(&standby.limits, limits);
        let position = |ready: bool| self.all.iter().position(|standby| standby.is_ready == ready && fits(standby));
        position(true).or_else(|| position(false))
    }

    /// Notes that one is asked for; whether one has ever been ready.
    fn ask(&mut self, model: &Model, limits: &Limits, is_short: bool, now: Instant) -> bool {
        let max = self.max;
        let Some(demand) = self.demands.iter_mut().find(|demand| demand.model == *model) else {
            self.demands.push(Demand {
                model: model.clone(),
                limits: *limits,
                count: 1,
                asked: now,
                short: now,
                failures: 0,
                broken: None,
                proven: false,
            });
            return false;
        };
        demand.asked = now;
        if !has_room_for(&demand.limits, limits) {
            // Those that wait are of no use for such a command; what is started next serves both kinds.
            demand.limits = with_room_for(&demand.limits, limits);
            self.look = now;
        } else if is_short {
            demand.short = now;
            demand.count = (demand.count + 1).min(max);
        }
        demand.proven
    }

    /// Nothing runs: there is no better time to start one where none is left. Where one is, a client that comes again at once finds that and
    /// the processors.
    pub(super) fn at_once(&mut self) {
        if self.tries > 0 {
            return;
        }
        let has_none = |demand: &Demand| self.lacks(demand) && !self.of(demand).any(|standby| standby.is_ready);
        let wait = if self.demands.iter().any(has_none) { Duration::ZERO } else { HOLD_BACK };
        self.not_before = Instant::now() + wait;
    }

    /// When something is to be done, if anything is.
    pub(super) fn due(&self) -> Option<Instant> {
        let lacks = self.demands.iter().any(|demand| self.lacks(demand));
        let look = (!self.demands.is_empty()).then_some(self.look);
        lacks.then_some(self.not_before).into_iter().chain(look).min()
    }

    fn starting(&self) -> usize {
        self.all.iter().filter(|standby| !standby.is_ready).count()
    }

    fn lacks(&self, demand: &Demand) -> bool {
        let is_broken = demand.broken.is_some_and(|since| since.elapsed() < BROKEN_FOR);
        !is_broken
            && self.of(demand).count() < demand.count
            && (!self.places.is_empty() || self.in_the_way_of(demand).is_some())
    }

    /// Which one goes so that there is a first one for this demand: one of an interpreter that has several, or else of the language that
    /// nobody has asked for longest, if that is long.
    fn in_the_way_of(&self, demand: &Demand) -> Option<usize> {
        // A place that was given up is free when its process is gone.
        let is_one_coming = self.all.len() + self.places.len() < self.places_all;
        if self.of(demand).next().is_some() || is_one_coming {
            return None;
        }
        let is_of_several = |one: &Standby| self.all.iter().filter(|other| other.model == one.model).count() > 1;
        let asked = |index: &usize| self.demand_for(&self.all[*index]).map(|demand| demand.asked);
        let rests = |index: &usize| asked(index).is_some_and(|asked| asked.elapsed() > RESTS);
        let resting = || (0..self.all.len()).filter(rests).min_by_key(asked);
        self.all.iter().position(is_of_several).or_else(resting)
    }

    fn of<'a>(&'a self, demand: &'a Demand) -> impl Iterator<Item = &'a Standby> {
        self.all.iter().filter(|standby| standby.model == demand.model)
    }

    fn demand_for(&self, standby: &Standby) -> Option<&Demand> {
        self.demands.iter().find(|demand| demand.model == standby.model)
    }

    /// Starts what is wanted, and lets go of what is not.
    pub(super) fn refill(&mut self, prepared: &Prepared, spares: &mut Spares) {
        self.settle();
        if self.look <= Instant::now() {
            self.look = Instant::now() + LOOK_AFTER;
            self.lower_demands(prepared);
        }
        // Where there is none, one is worth most.
        let lacking = (0..self.demands.len()).filter(|index| self.lacks(&self.demands[*index]));
        let Some(index) = lacking.min_by_key(|index| self.of(&self.demands[*index]).count()) else { return };
        if self.not_before > Instant::now() {
            return;
        }
        if self.starting() >= STARTING_MAX {
            self.not_before = Instant::now() + LOOK_AT_STARTING;
            return;
        }
        if self.places.is_empty() || !self.has_memory(prepared) {
            self.make_room(index);
            return;
        }
        let demand = &self.demands[index];
        let Some(spare) = spares.take_waiting(prepared, &demand.model.root) else {
            self.tries = (self.tries + 1).min(TRIES_MAX);
            self.not_before = Instant::now() + TRY_AGAIN * self.tries;
            return;
        };
        self.tries = 0;
        let Some(place) = self.places.pop() else { return };
        match start(prepared, &spare, demand, prepared.uid(place)) {
            Ok(()) => self.all.push(Standby {
                spare,
                place,
                model: demand.model.clone(),
                limits: demand.limits,
                started: Instant::now(),
                is_ready: false,
            }),
            Err(error) => {
                complain(format_args!("no interpreter could be started ahead: {error}"));
                self.demands[index].fail();
                self.leaving.push(dismiss(spare, Some(place)));
            }
        }
    }

    /// Whether there is memory for one more.
    fn has_memory(&self, prepared: &Prepared) -> bool {
        let each = self.memory_of_each(prepared);
        each.iter().sum::<u64>() + each.iter().max().unwrap_or(&MEMORY_EACH) <= self.memory
    }

    fn memory_of_each(&self, prepared: &Prepared) -> Vec<u64> {
        let used = |standby: &Standby| prepared.cgroups.memory_peak(&standby.spare.group).unwrap_or(MEMORY_EACH);
        self.all.iter().map(used).collect()
    }

    /// Has one go that is in the way of the first of its kind, or else no more wanted of this kind than there are.
    fn make_room(&mut self, index: usize) {
        let demand = &self.demands[index];
        match self.in_the_way_of(demand) {
            Some(other) => {
                let model = self.all[other].model.clone();
                self.let_go(other);
                // None is wanted again of what gave way altogether, until somebody asks for it.
                let least = usize::from(self.all.iter().any(|standby| standby.model == model));
                let fewer = self.demands.iter_mut().filter(|demand| demand.model == model);
                fewer.for_each(|demand| demand.count = demand.count.saturating_sub(1).max(least));
            }
            None => self.demands[index].count = self.of(demand).count(),
        }
    }

    /// Sees which have become ready, and which have ended.
    fn settle(&mut self) {
        for index in (0..self.all.len()).rev() {
            let standby = &mut self.all[index];
            standby.is_ready =
                standby.is_ready || wire::receive_now::<()>(standby.spare.orders.as_fd()).is_ok_and(|said| said.is_some());
            let (is_ready, is_alive) = (standby.is_ready, standby.spare.is_alive());
            if let Some(demand) = self.demands.iter_mut().find(|demand| demand.model == standby.model) {
                demand.note(is_ready, is_alive);
            }
            if !is_alive {
                self.let_go(index);
            }
        }
    }

    fn lower_demands(&mut self, prepared: &Prepared) {
        let is_much = self.memory_of_each(prepared).iter().sum::<u64>() > MEMORY_IDLE;
        let resting = |demand: &&mut Demand| demand.count > 0 && demand.asked.elapsed() > FEWER_AFTER;
        if is_much && let Some(demand) = self.demands.iter_mut().filter(resting).min_by_key(|demand| demand.asked) {
            demand.count = 0;
        }
        for demand in &mut self.demands {
            if demand.count > 1 && demand.short.elapsed() > FEWER_AFTER {
                demand.count -= 1;
                demand.short = Instant::now();
            }
        }
        self.demands.retain(|demand| demand.asked.elapsed() < NONE_AFTER);
        for index in (0..self.all.len()).rev() {
            let standby = &self.all[index];
            let is_wanted = self
                .demand_for(standby)
                .is_some_and(|demand| self.of(demand).count() <= demand.count && has_room_for(&standby.limits, &demand.limits));
            if !is_wanted || standby.started.elapsed() > WAITS {
                self.let_go(index);
            }
        }
    }

    fn let_go(&mut self, index: usize) {
        let Standby { spare, place, .. } = self.all.remove(index);
        self.leaving.push(dismiss(spare, Some(place)));
    }

    /// Lets go of all.
    pub(super) fn end(&mut self, prepared: &Prepared) {
        while !self.all.is_empty() {
            self.let_go(0);
        }
        self.leaving.drain(..).for_each(|leaving| leaving.farewell(KILL_PATIENCE, prepared));
    }
}

/// Ends one. Its place is free when it is gone.
pub(super) fn dismiss(spare: Spare, place: Option<usize>) -> Leaving {
    let _ = pidfd_send_signal(&spare.pidfd, Signal::KILL);
    let mut leaving = Leaving::new(spare.pid, spare.pidfd);
    (leaving.group, leaving.place, leaving.was_ahead) = (Some(spare.group), place, true);
    leaving
}

/// Whether nothing about a command is out of the ordinary. What is talked to may want a terminal, and cannot be started again when that
/// fails; what leaves its files to another program has them elsewhere.
fn is_plain(command: &Command) -> bool {
    let words = command.argv.iter().chain(command.env.iter().flat_map(|(name, value)| [name, value]));
    command.live.is_none()
        && !command.keep_workspace
        && command.limits.open_files >= GATE_FILES
        && words.map(|word| word.len() + 2).sum::<usize>() <= WORDS_MAX
}

/// Whether what was started with these limits can take on those: of what a process has for itself it can only have less.
fn has_room_for(own: &Limits, wanted: &Limits) -> bool {
    let of_process = |limits: &Limits| {
        [
            limits.cpu_time.as_secs(),
            limits.file_size_bytes,
            limits.open_files,
            limits.stack_bytes,
            limits.processes,
            limits.memory_bytes,
        ]
    };
    of_process(own).iter().zip(of_process(wanted)).all(|(own, wanted)| *own >= wanted)
}

/// Limits that both can be lowered to.
fn with_room_for(one: &Limits, other: &Limits) -> Limits {
    Limits {
        cpu_time: one.cpu_time.max(other.cpu_time),
        file_size_bytes: one.file_size_bytes.max(other.file_size_bytes),
        open_files: one.open_files.max(other.open_files),
        stack_bytes: one.stack_bytes.max(other.stack_bytes),
        processes: one.processes.max(other.processes),
        memory_bytes: one.memory_bytes.max(other.memory_bytes),
        ..*one
    }
}

/// Has an interpreter executed as its programs are, but for one variable, which it forgets.
fn start(prepared: &Prepared, spare: &Spare, demand: &Demand, uid: u32) -> Result<(), Error> {
    let step = Step::PassGate;
    let warm = demand.model.warm.and_then(|index| prepared.warm.get(index));
    let warm = warm.ok_or_else(|| Error::refused(step, "no such interpreter"))?;
    let (name, value) = gate_variable(warm.interpreter);
    let gate = (name.to_owned(), value.to_owned());
    let command = Command {
        argv: warm.argv.clone(),
        env: warm.env.iter().cloned().chain([gate]).collect(),
        mounts: warm.mounts.clone(),
        limits: demand.limits,
        ..Command::default()
    };
    let null = || rustix::fs::open("/dev/null", OFlags::RDWR | OFlags::CLOEXEC, Mode::empty());
    let null = null().at(step)?;
    let order = Order { command, uid, counted: counted(prepared), work: Work::New, warm: None, at_gate: true };
    spare.order(&order, &[null.as_fd(), null.as_fd(), null.as_fd()])
}
