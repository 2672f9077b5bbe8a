//! Everything that was measured, as numbers, and as the file `target/bench/speed.json`.

use std::{
    fs,
    path::Path,
    thread::{self, available_parallelism},
    time::Duration,
};

use anyhow::{Context, Result};
use serde::Serialize;

use crate::{
    aims::Aim,
    measure::{Load, Turns, Way},
    process::Cpu,
    soak::Soak,
};

/// The whole.
#[derive(Debug, Serialize)]
pub(crate) struct Results {
    pub(crate) machine: Machine,
    /// How long it all took.
    pub(crate) seconds: f64,
    pub(crate) aims: Vec<Aim>,
    pub(crate) rows: Vec<Row>,
    pub(crate) soak: Soak,
}

/// Where it was measured.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    pub(crate) cores: usize,
    pub(crate) processor: String,
    pub(crate) kernel: String,
    /// The share of the processors that others used, right before the start and right after the end; 1 is all of them.
    pub(crate) used_by_others: (f64, f64),
    /// What the sandbox cannot enforce here.
    pub(crate) weaker: Vec<String>,
}

/// One subject run in one way.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) subject: &'static str,
    pub(crate) way: Way,
    pub(crate) clients: usize,
    pub(crate) runs: u64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) runs_per_second: f64,
    /// One at a time: p50 as a multiple of the bare p50. Many at once: runs per second as a part of the bare ones.
    pub(crate) ratio: f64,
    pub(crate) cpu_per_run: Cpu,
    /// All processor time as a multiple of the bare one: what others do on the machine hardly changes it.
    pub(crate) cpu_ratio: f64,
    pub(crate) errors: u64,
    pub(crate) first_error: Option<String>,
}

impl Row {
    pub(crate) fn new(subject: &'static str, load: Load, mut turns: Turns) -> Row {
        turns.took.sort_unstable();
        let runs = turns.took.len() as u64;
        Row {
            subject,
            way: load.way,
            clients: load.clients,
            runs,
            p50_ms: percentile(&turns.took, 0.50),
            p99_ms: percentile(&turns.took, 0.99),
            runs_per_second: runs as f64 / turns.elapsed.as_secs_f64(),
            ratio: f64::NAN,
            cpu_per_run: turns.cpu.per(runs),
            cpu_ratio: f64::NAN,
            errors: turns.errors,
            first_error: turns.first_error,
        }
    }

    pub(crate) fn compare_with(&mut self, reference: &Row) {
        self.ratio = match self.clients {
            1 => self.p50_ms / reference.p50_ms,
            _ => self.runs_per_second / reference.runs_per_second,
        };
        self.cpu_ratio = self.cpu_per_run.total_ms() / reference.cpu_per_run.total_ms();
    }
}

/// The nearest rank of sorted times, in milliseconds.
fn percentile(sorted: &[Duration], share: f64) -> f64 {
    let rank = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
}

impl Machine {
    /// Call it when nothing of ours runs.
    pub(crate) fn look() -> Result<Machine> {
        let cpuinfo = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
        Ok(Machine {
            cores: available_parallelism().map_or(1, usize::from),
            processor: model.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.to_owned()),
            kernel: rustix::system::uname().release().to_string_lossy().into_owned(),
            used_by_others: (processors_in_use()?, 0.0),
            weaker: Vec::new(),
        })
    }

    /// The same at the end.
    pub(crate) fn look_again(self, weaker: &[String]) -> Result<Machine> {
        let used_by_others = (self.used_by_others.0, processors_in_use()?);
        Ok(Machine { used_by_others, weaker: weaker.to_vec(), ..self })
    }

    /// Whether others disturbed the measurement.
    pub(crate) fn is_noisy(&self) -> bool {
        self.used_by_others.0.max(self.used_by_others.1) > 0.05
    }
}

/// The share of the processors that is in use, stolen by other virtual machines included. Not the load average: that one remembers
/// the build before.
fn processors_in_use() -> Result<f64> {
    let (busy_before, all_before) = processor_ticks()?;
    thread::sleep(Duration::from_secs(1));
    let (busy, all) = processor_ticks()?;
    Ok((busy - busy_before) / (all - all_before).max(1.0))
}

/// Ticks of all processors since the boot: those that were not idle, and all (proc_stat(5)).
fn processor_ticks() -> Result<(f64, f64)> {
    let stat = fs::read_to_string("/proc/stat")?;
    let line = stat.lines().next().context("/proc/stat is empty")?;
    // user, nice, system, idle, iowait, irq, softirq, steal
    let ticks: Vec<f64> = line.split_whitespace().skip(1).take(8).filter_map(|ticks| ticks.parse().ok()).collect();
    let all: f64 = ticks.iter().sum();
    let idle: f64 = ticks.iter().skip(3).take(2).sum();
    Ok((all - idle, all))
}

impl Results {
    /// Runs that failed or said the wrong thing.
    pub(crate) fn errors(&self) -> u64 {
        self.rows.iter().map(|row| row.errors).sum::<u64>() + self.soak.errors
    }

    /// Writes the file; the target folder is where the program was built.
    pub(crate) fn write(&self) -> Result<()> {
        let target = Path::new(env!("CARGO_BIN_EXE_codecanvas")).ancestors().nth(2).context("there is no target folder")?;
        let folder = target.join("bench");
        fs::create_dir_all(&folder)?;
        let file = folder.join("speed.json");
        fs::write(&file, serde_json::to_string_pretty(self)? + "\n")?;
        println!("\nAll numbers: {}", file.display());
        Ok(())
    }
}
