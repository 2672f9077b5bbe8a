//! What the kernel knows of a process: processor time and memory, from /proc.

use std::{fs, ops::AddAssign, process};

use anyhow::{Context, Result};
use serde::Serialize;

/// Processor time in milliseconds, user and system together.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Cpu {
    /// Of the process that asks for runs: the bench itself, or the server.
    pub(crate) caller_ms: f64,
    /// Of the launcher.
    pub(crate) launcher_ms: f64,
    /// Of what was started: the program, and the sandbox's init.
    pub(crate) programs_ms: f64,
}

impl Cpu {
    /// So far, of a caller and its launcher; without a launcher the caller starts programs itself.
    pub(crate) fn so_far(caller: u32, launcher: Option<u32>) -> Result<Cpu> {
        let (caller_ms, children) = times(caller)?;
        let (launcher_ms, programs_ms) = launcher.map(times).transpose()?.unwrap_or((0.0, children));
        Ok(Cpu { caller_ms, launcher_ms, programs_ms })
    }

    pub(crate) fn since(self, earlier: Cpu) -> Cpu {
        Cpu {
            caller_ms: self.caller_ms - earlier.caller_ms,
            launcher_ms: self.launcher_ms - earlier.launcher_ms,
            programs_ms: self.programs_ms - earlier.programs_ms,
        }
    }

    pub(crate) fn total_ms(self) -> f64 {
        self.caller_ms + self.launcher_ms + self.programs_ms
    }

    pub(crate) fn per(self, runs: u64) -> Cpu {
        let share = |ms: f64| if runs == 0 { 0.0 } else { ms / runs as f64 };
        Cpu { caller_ms: share(self.caller_ms), launcher_ms: share(self.launcher_ms), programs_ms: share(self.programs_ms) }
    }
}

impl AddAssign for Cpu {
    fn add_assign(&mut self, more: Cpu) {
        self.caller_ms += more.caller_ms;
        self.launcher_ms += more.launcher_ms;
        self.programs_ms += more.programs_ms;
    }
}

/// Milliseconds of the process itself, and of its children that have ended and were waited for (proc_pid_stat(5)).
fn times(pid: u32) -> Result<(f64, f64)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).with_context(|| format!("process {pid} is gone"))?;
    // The name, in parentheses, may have spaces in it; utime is the 12th field after it.
    let fields: Vec<&str> = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().collect();
    let tick_ms = 1000.0 / rustix::param::clock_ticks_per_second() as f64;
    let ms = |index: usize| fields.get(index).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0) * tick_ms;
    Ok((ms(11) + ms(12), ms(13) + ms(14)))
}

/// The bench's own process id.
pub(crate) fn own_id() -> u32 {
    process::id()
}

/// Memory in bytes: the proportional share (PSS), or what is resident where that may not be read.
pub(crate) fn memory(pid: u32) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let status = || fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    kilobytes(&rollup, "Pss:").or_else(|| kilobytes(&status(), "VmRSS:")).unwrap_or(0) * 1024
}

fn kilobytes(text: &str, name: &str) -> Option<u64> {
    text.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix(" kB")?.parse().ok())
}

/// Children of a process.
pub(crate) fn children(parent: u32) -> Vec<u32> {
    let ids = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = ids.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let is_child = |pid: &u32| {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        status.lines().any(|line| line.strip_prefix("PPid:").is_some_and(|id| id.trim().parse() == Ok(parent)))
    };
    ids.filter(is_child).collect()
}
