//! Load on a server: clients that each send their next program when they have the last answer, or programs sent at a fixed rate.
//!
//! Each client is a thread with a connection of its own. They note what they measured in one place, and whoever waits for them looks
//! there now and then: so an end by Ctrl-C needs no answer to come first.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    api::{Runtime, Target},
    programs::Program,
};

/// How often it is looked at what the clients have measured.
const LOOK: Duration = Duration::from_millis(20);
/// After an error a client waits, each time twice as long up to the second, so that a server that refuses is not stormed.
const AFTER_ERROR: (Duration, Duration) = (Duration::from_millis(50), Duration::from_millis(1600));

/// A program on a server.
#[derive(Clone)]
pub(super) struct Task {
    pub(super) target: Arc<Target>,
    pub(super) runtime: Runtime,
    pub(super) program: Program,
}

/// When a load ends.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    /// After so many runs.
    Runs(u64),
    /// When this time is over; what is under way then is waited for.
    After(Duration),
}

/// How programs are sent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Pace {
    /// By so many clients, each as fast as it gets answers.
    Clients(usize),
    /// So many each second, however fast the answers are.
    Rate(f64),
}

/// What a load gave.
#[derive(Debug, Clone, Default)]
pub(super) struct Measured {
    /// How long each right answer took.
    pub(super) took: Vec<Duration>,
    /// Until the last answer.
    pub(super) elapsed: Duration,
    pub(super) errors: u64,
    pub(super) first_error: Option<String>,
    /// How many were not compiled again, by the server's own word.
    pub(super) cached: u64,
}

impl Measured {
    /// Notes a run that failed.
    pub(super) fn fail(&mut self, why: String) {
        self.errors += 1;
        self.first_error.get_or_insert(why);
    }

    /// Adds another turn of the same load.
    pub(super) fn add(&mut self, turn: Measured) {
        self.took.extend(turn.took);
        self.elapsed += turn.elapsed;
        self.errors += turn.errors;
        self.cached += turn.cached;
        self.first_error = self.first_error.take().or(turn.first_error);
    }
}

impl Task {
    /// One run, by a client that is alone.
    pub(super) fn once(&self) -> Result<Duration, String> {
        let connection = self.target.server.connect();
        connection.open();
        self.target.run(&connection, &self.runtime, &self.program, &self.program.next()).map(|ran| ran.took)
    }
}

/// What the clients of one load share.
struct Shared {
    tasks: Vec<Arc<Task>>,
    pace: Pace,
    end: End,
    /// How many clients have their connection.
    ready: AtomicUsize,
    started: Mutex<Option<Instant>>,
    next: AtomicU64,
    at_work: AtomicUsize,
    measured: Mutex<Measured>,
}

/// At a fixed rate: how many may be under way. When all are, what comes next waits, and its wait counts.
const MOST_UNDER_WAY: usize = 128;

/// Loads the server with these tasks in turn, and tells `progress` the part that is done.
pub(super) fn load(tasks: &[Arc<Task>], pace: Pace, end: End, stop: &AtomicBool, progress: &dyn Fn(f64)) -> Measured {
    let clients = match pace {
        Pace::Clients(clients) => clients.max(1),
        Pace::Rate(_) => MOST_UNDER_WAY,
    };
    let shared = Arc::new(Shared {
        tasks: tasks.to_vec(),
        pace,
        end,
        ready: AtomicUsize::new(0),
        started: Mutex::new(None),
        next: AtomicU64::new(0),
        at_work: AtomicUsize::new(clients),
        measured: Mutex::default(),
    });
    for _ in 0..clients {
        let shared = shared.clone();
        thread::spawn(move || {
            shared.work();
            shared.at_work.fetch_sub(1, Ordering::AcqRel);
        });
    }
    while shared.ready.load(Ordering::Acquire) < clients && !stop.load(Ordering::Relaxed) {
        thread::sleep(Duration::from_millis(1));
    }
    let started = Instant::now();
    *lock(&shared.started) = Some(started);
    while shared.at_work.load(Ordering::Acquire) > 0 && !stop.load(Ordering::Relaxed) {
        thread::sleep(LOOK);
        progress(shared.part_done(started));
    }
    // Nobody starts another run when it was stopped; what is under way is not waited for.
    shared.next.store(u64::MAX / 2, Ordering::Relaxed);
    let mut measured = lock(&shared.measured).clone();
    if measured.elapsed.is_zero() {
        measured.elapsed = started.elapsed();
    }
    measured
}

impl Shared {
    /// One client.
    fn work(&self) {
        let connection = self.tasks[0].target.server.connect();
        connection.open();
        self.ready.fetch_add(1, Ordering::AcqRel);
        let started = loop {
            if let Some(started) = *lock(&self.started) {
                break started;
            }
            thread::sleep(Duration::from_millis(1));
        };
        let mut pause = AFTER_ERROR.0;
        while let Some((number, late)) = self.next(started) {
            let task = &self.tasks[(number % self.tasks.len() as u64) as usize];
            let ran = task.target.run(&connection, &task.runtime, &task.program, &task.program.next());
            let failed = ran.is_err();
            {
                let mut measured = lock(&self.measured);
                match ran {
                    Ok(ran) => {
                        measured.took.push(late + ran.took);
                        measured.cached += u64::from(ran.cached);
                    }
                    Err(why) => measured.fail(why),
                }
                measured.elapsed = started.elapsed();
            }
            if failed {
                thread::sleep(pause);
                pause = (pause * 2).min(AFTER_ERROR.1);
            } else {
                pause = AFTER_ERROR.0;
            }
        }
    }

    /// Waits until the next run is due, and gives its number and how late it is; `None` at the end.
    fn next(&self, started: Instant) -> Option<(u64, Duration)> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let due = match self.pace {
            Pace::Clients(_) => Duration::ZERO,
            Pace::Rate(rate) => Duration::from_secs_f64((number as f64 / rate).min(1e9)),
        };
        let over = match self.end {
            End::Runs(runs) => number >= runs,
            End::After(time) => number >= u64::MAX / 2 || started.elapsed().max(due) >= time,
        };
        if over {
            return None;
        }
        match self.pace {
            Pace::Clients(_) => Some((number, Duration::ZERO)),
            Pace::Rate(_) => {
                thread::sleep(due.saturating_sub(started.elapsed()));
                // Whoever waits for a client to be free waits too: without this a server that is stuck would look fast.
                Some((number, started.elapsed().saturating_sub(due)))
            }
        }
    }

    fn part_done(&self, started: Instant) -> f64 {
        let part = match self.end {
            End::Runs(runs) => {
                let measured = lock(&self.measured);
                (measured.took.len() as u64 + measured.errors) as f64 / runs.max(1) as f64
            }
            End::After(time) => started.elapsed().as_secs_f64() / time.as_secs_f64(),
        };
        part.min(1.0)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
