//! Compares ways of running one subject: each has its turn, again and again, so that a machine's moods hit all of them alike.

use std::{
    sync::{
        Barrier,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;
use serde::Serialize;

use crate::{arguments::Pace, place::Place, process::Cpu, results::Row, subject::Subject, worker::Worker};

/// How a program is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Way {
    /// Started directly by the bench.
    Bare,
    /// Through the sandbox library.
    Library,
    /// Through the server.
    Http,
}

/// A way, with so many clients at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Load {
    pub(crate) way: Way,
    pub(crate) clients: usize,
}

/// What some turns gave.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    /// How long each right run took.
    pub(crate) took: Vec<Duration>,
    /// Time on the clock, of all turns together.
    pub(crate) elapsed: Duration,
    pub(crate) cpu: Cpu,
    pub(crate) errors: u64,
    pub(crate) first_error: Option<String>,
}

/// What the turn before left behind may end before the next one begins.
const PAUSE: Duration = Duration::from_millis(30);

/// Compares these loads; the first is what the others are compared with.
pub(crate) fn compare(place: &Place, subject: &Subject, loads: &[Load], pace: Pace) -> Result<Vec<Row>> {
    // The first turn of each warms up, and shows how many runs fill a turn. It is not counted, but for its errors.
    let mut all = Vec::new();
    for load in loads {
        let probe = turn(place, subject, *load, load.clients.max(8) as u64)?;
        let in_one = (probe.took.len() as f64 * pace.turn.as_secs_f64() / probe.elapsed.as_secs_f64()) as u64;
        let counted = Turns { errors: probe.errors, first_error: probe.first_error, ..Turns::default() };
        all.push((in_one.max(2 * load.clients as u64).max(5), counted));
    }
    for _ in 0..pace.rounds {
        for (load, (runs, turns)) in loads.iter().zip(&mut all) {
            turns.add(turn(place, subject, *load, *runs)?);
        }
    }
    let mut rows: Vec<Row> = loads.iter().zip(all).map(|(load, (_, turns))| Row::new(subject.name, *load, turns)).collect();
    let reference = rows[0].clone();
    rows.iter_mut().for_each(|row| row.compare_with(&reference));
    Ok(rows)
}

/// One turn: so many runs, shared among the clients.
pub(crate) fn turn(place: &Place, subject: &Subject, load: Load, runs: u64) -> Result<Turns> {
    thread::sleep(PAUSE);
    let (taken, start) = (AtomicU64::new(0), Barrier::new(load.clients + 1));
    let work = || {
        let mut worker = Worker::new(place, subject, load.way);
        let mut turns = Turns::default();
        start.wait();
        while taken.fetch_add(1, Ordering::Relaxed) < runs {
            match worker.run() {
                Ok(took) => turns.took.push(took),
                Err(error) => turns.fail(format!("{} {:?}: {error:#}", subject.name, load.way)),
            }
        }
        turns
    };
    let before = place.cpu(load.way)?;
    let mut all = Turns::default();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..load.clients).map(|_| scope.spawn(work)).collect();
        start.wait();
        let started = Instant::now();
        for worker in workers {
            all.add(worker.join().expect("a worker does not panic"));
        }
        all.elapsed = started.elapsed();
    });
    // A sandbox is cleared away after its answer.
    thread::sleep(PAUSE);
    all.cpu = place.cpu(load.way)?.since(before);
    Ok(all)
}

impl Turns {
    fn fail(&mut self, error: String) {
        self.errors += 1;
        self.first_error.get_or_insert(error);
    }

    pub(crate) fn add(&mut self, more: Turns) {
        self.took.extend(more.took);
        self.elapsed += more.elapsed;
        self.cpu += more.cpu;
        self.errors += more.errors;
        self.first_error = self.first_error.take().or(more.first_error);
    }
}
