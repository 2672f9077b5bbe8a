//! The machine that measures: what it is, and whether others use it meanwhile.

use std::{
    fs,
    thread::{self, available_parallelism},
    time::Duration,
};

use serde::Serialize;

/// Where it was measured.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Host {
    pub(super) cores: usize,
    pub(super) processor: String,
    pub(super) kernel: String,
    /// The share of the processors that others used, right before the start and right after the end; 1 is all of them.
    pub(super) used_by_others: (f64, f64),
    /// Whether this program was built without optimisation.
    pub(super) is_debug: bool,
}

impl Host {
    /// Call it when nothing of ours runs.
    pub(super) fn look() -> Host {
        let cpuinfo = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
        Host {
            cores: cores(),
            processor: model.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.to_owned()),
            kernel: rustix::system::uname().release().to_string_lossy().into_owned(),
            used_by_others: (processors_in_use(), 0.0),
            is_debug: cfg!(debug_assertions),
        }
    }

    /// The same at the end.
    pub(super) fn look_again(&mut self) {
        self.used_by_others.1 = processors_in_use();
    }

    /// Whether others disturbed the measurement.
    pub(super) fn is_noisy(&self) -> bool {
        self.used_by_others.0.max(self.used_by_others.1) > 0.05
    }
}

pub(super) fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// The share of the processors that is in use, stolen by other virtual machines included. Not the load average: that one remembers
/// the build before.
fn processors_in_use() -> f64 {
    let (busy_before, all_before) = processor_ticks();
    thread::sleep(Duration::from_millis(500));
    let (busy, all) = processor_ticks();
    (busy - busy_before) / (all - all_before).max(1.0)
}

/// Ticks of all processors since the boot: those that were not idle, and all (proc_stat(5)).
fn processor_ticks() -> (f64, f64) {
    let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
    let line = stat.lines().next().unwrap_or_default();
    // user, nice, system, idle, iowait, irq, softirq, steal
    let ticks: Vec<f64> = line.split_whitespace().skip(1).take(8).filter_map(|ticks| ticks.parse().ok()).collect();
    let all: f64 = ticks.iter().sum();
    let idle: f64 = ticks.iter().skip(3).take(2).sum();
    (all - idle, all)
}
