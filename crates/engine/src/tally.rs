//! What became of jobs, counted by language.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use codecanvas_protocol::{Phase, Start};

use crate::execute::Finished;

/// How often each thing happened since the engine was started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Programs that an interpreter kept ready went on with.
    pub warm: u64,
    /// Programs that were executed.
    pub cold: u64,
    /// Programs that could not be started warm, and were executed.
    pub fell_back: u64,
    /// Compilers that ran.
    pub compiled: u64,
    /// Compilations that were known from before.
    pub cached: u64,
}

/// What an engine has done and does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metrics {
    /// By language.
    pub counts: BTreeMap<String, Count>,
    /// Jobs that run now.
    pub running: u32,
    /// Jobs that wait for a runner now.
    pub waiting: u32,
}

/// All of it.
#[derive(Debug, Default)]
pub(crate) struct Tally(Mutex<BTreeMap<String, Count>>);

impl Tally {
    pub(crate) fn note(&self, language: &str, phase: &Finished) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(language.to_owned()).or_default();
        match (phase.phase, phase.start, phase.cached) {
            (Phase::Compile, _, true) => count.cached += 1,
            (Phase::Compile, _, false) => count.compiled += 1,
            (Phase::Run, Start::Warm, _) => count.warm += 1,
            (Phase::Run, Start::Cold, _) => count.cold += 1,
        }
        count.fell_back += u64::from(phase.fell_back);
    }

    pub(crate) fn counts(&self) -> BTreeMap<String, Count> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
