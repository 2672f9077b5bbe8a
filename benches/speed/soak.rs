//! The soak: many runs through one server, and whether its memory stays as it was.

use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;
use serde::Serialize;

use crate::{
    arguments,
    measure::{Load, Turns, Way, turn},
    place::Place,
    process::Cpu,
};

const LOAD: Load = Load { way: Way::Http, clients: 16 };
/// How often memory is measured on the way.
const PARTS: u64 = 10;

/// What the soak gave.
#[derive(Debug, Serialize)]
pub(crate) struct Soak {
    /// Memory before the first measurement of all, in bytes.
    pub(crate) idle_bytes: u64,
    /// After each part: runs so far in the soak, and memory in bytes.
    pub(crate) samples: Vec<(u64, u64)>,
    pub(crate) wanted: u64,
    pub(crate) runs: u64,
    pub(crate) runs_per_second: f64,
    pub(crate) cpu_per_run: Cpu,
    pub(crate) errors: u64,
    pub(crate) first_error: Option<String>,
}

/// Runs the first subject so often, or until the patience ends.
pub(crate) fn soak(place: &Place, idle_bytes: u64, wish: arguments::Soak) -> Result<Soak> {
    let started = Instant::now();
    let (mut all, mut samples) = (Turns::default(), Vec::new());
    for part in 1..=PARTS {
        let runs = wish.runs * part / PARTS - wish.runs * (part - 1) / PARTS;
        all.add(turn(place, &place.subjects[0], LOAD, runs)?);
        thread::sleep(Duration::from_millis(100));
        samples.push((all.took.len() as u64, place.server.memory()));
        if started.elapsed() > wish.patience {
            break;
        }
    }
    let runs = all.took.len() as u64;
    Ok(Soak {
        idle_bytes,
        samples,
        wanted: wish.runs,
        runs,
        runs_per_second: runs as f64 / all.elapsed.as_secs_f64(),
        cpu_per_run: all.cpu.per(runs),
        errors: all.errors,
        first_error: all.first_error,
    })
}

impl Soak {
    /// Memory at the end as a multiple of that after the first part, by when all that is allocated once has been.
    pub(crate) fn growth(&self) -> f64 {
        let bytes = |sample: Option<&(u64, u64)>| sample.map_or(f64::NAN, |(_, bytes)| *bytes as f64);
        bytes(self.samples.last()) / bytes(self.samples.first())
    }

    /// The most memory that was measured, in bytes.
    pub(crate) fn most(&self) -> u64 {
        self.samples.iter().map(|(_, bytes)| *bytes).max().unwrap_or(0)
    }
}
