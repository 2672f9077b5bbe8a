//! From what was measured to how a program ended: the one place where that is decided.

use std::time::Duration;

use codecanvas_protocol::{Breach, Limits, Outcome, Usage};
use serde::{Deserialize, Serialize};

use crate::init::Ended;

/// Why the launcher ended a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Cause {
    CpuTime,
    WallTime,
    Memory,
    Output { written: u64 },
    Cancelled,
}

/// What the counters said at the end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Measured {
    pub(crate) cpu_time: Duration,
    pub(crate) wall_time: Duration,
    pub(crate) memory_peak: u64,
    pub(crate) memory_kills: u64,
    pub(crate) forks_refused: u64,
    pub(crate) memory_mechanism: String,
    pub(crate) cpu_mechanism: String,
    pub(crate) pids_mechanism: String,
}

/// All that the launcher knows of a program's end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// Why the launcher ended it, if it did.
    pub(crate) cause: Option<Cause>,
    /// How init saw it end, if init lived to see it.
    pub(crate) ended: Option<Ended>,
    pub(crate) measured: Measured,
    /// Whether it went on with an interpreter that was kept ready, and was not executed.
    pub(crate) warm: bool,
}

impl Facts {
    /// The verdict; `None` when the program was killed by nobody we know of.
    pub(crate) fn judge(&self, limits: &Limits) -> Option<(Outcome, Usage)> {
        let measured = &self.measured;
        let judge = Judge { measured, limits };
        let outcome = match (self.cause, &self.ended) {
            // What init saw end had ended by itself, before it was killed: it is judged by what it used.
            (Some(Cause::CpuTime | Cause::WallTime), Some(ended)) => judge.ended(ended),
            (Some(cause), _) => judge.killed(cause),
            (None, Some(ended)) => judge.ended(ended),
            (None, None) if measured.memory_kills > 0 => judge.memory(),
            (None, None) => return None,
        };
        Some((outcome, Usage::new(measured.cpu_time, measured.wall_time, measured.memory_peak)))
    }
}

struct Judge<'a> {
    measured: &'a Measured,
    limits: &'a Limits,
}

impl Judge<'_> {
    fn killed(&self, cause: Cause) -> Outcome {
        match cause {
            Cause::CpuTime => self.cpu_time(),
            Cause::WallTime => self.wall_time(),
            Cause::Memory => self.memory(),
            Cause::Output { written } => too_much_output(self.limits, written),
            Cause::Cancelled => Outcome::Cancelled,
        }
    }

    /// It ended without our doing; still a limit may be behind it, or passed between two looks.
    fn ended(&self, ended: &Ended) -> Outcome {
        let signal = libc::WIFSIGNALED(ended.status).then(|| libc::WTERMSIG(ended.status));
        let code = libc::WEXITSTATUS(ended.status);
        let failed = signal.is_some() || code != 0;
        if self.measured.memory_kills > 0 {
            return self.memory();
        }
        if self.measured.cpu_time > self.limits.cpu_time {
            return self.cpu_time();
        }
        if self.measured.wall_time > self.limits.wall_time {
            return self.wall_time();
        }
        match signal {
            Some(libc::SIGXFSZ) => {
                let limit = self.limits.file_size_bytes;
                return Outcome::FileSizeExceeded(breach("file_size_bytes", limit, limit, "RLIMIT_FSIZE"));
            }
            Some(libc::SIGSEGV | libc::SIGBUS) if self.may_have_filled_its_stack(ended) => {
                let limit = self.limits.stack_bytes;
                return Outcome::StackExceeded(breach("stack_bytes", limit, limit, "RLIMIT_STACK"));
            }
            _ => {}
        }
        if failed && self.measured.forks_refused > 0 {
            let limit = self.limits.processes;
            return Outcome::ProcessesExceeded(breach("processes", limit, limit, &self.measured.pids_mechanism));
        }
        if failed && ended.disk.bytes_full {
            return Outcome::DiskExceeded(breach("disk_bytes", self.limits.disk_bytes, ended.disk.used, "tmpfs size"));
        }
        if failed && ended.disk.files_full {
            let limit = self.limits.disk_files;
            return Outcome::DiskExceeded(breach("disk_files", limit, limit, "tmpfs nr_inodes"));
        }
        match signal {
            Some(signal) => Outcome::signaled(signal),
            None => Outcome::Exited { code },
        }
    }

    /// The kernel does not tell whether a fault was at the end of the stack. A stack that was filled has been in one process's
    /// memory whole, so a crash with less than that was another fault; one with more most likely was this one. The group's
    /// peak has parts of files that were read for it, a process's own has pages that it shares: a stack is in both.
    fn may_have_filled_its_stack(&self, ended: &Ended) -> bool {
        self.measured.memory_peak.min(ended.largest_process) >= self.limits.stack_bytes
    }

    fn cpu_time(&self) -> Outcome {
        let (allowed, measured) = (self.limits.cpu_time, self.measured.cpu_time);
        Outcome::CpuTimeExceeded(breach("cpu_time_ms", millis(allowed), millis(measured), &self.measured.cpu_mechanism))
    }

    fn wall_time(&self) -> Outcome {
        let (allowed, measured) = (self.limits.wall_time, self.measured.wall_time);
        Outcome::WallTimeExceeded(breach("wall_time_ms", millis(allowed), millis(measured), "timer"))
    }

    fn memory(&self) -> Outcome {
        let (allowed, measured) = (self.limits.memory_bytes, self.measured.memory_peak);
        Outcome::MemoryExceeded(breach("memory_bytes", allowed, measured, &self.measured.memory_mechanism))
    }
}

/// It has written so much to one of its streams.
pub(crate) fn too_much_output(limits: &Limits, written: u64) -> Outcome {
    Outcome::OutputExceeded(breach("output_ceiling_bytes", limits.output_ceiling_bytes, written, "counting"))
}

fn breach(limit: &str, allowed: u64, measured: u64, mechanism: &str) -> Breach {
    Breach { limit: limit.to_owned(), allowed, measured, mechanism: mechanism.to_owned() }
}

fn millis(duration: Duration) -> u64 {
    duration.as_millis() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::init::Disk;

    /// How a program is judged that crashed, with so much memory in use by all its processes and by the largest of them.
    fn crashed(memory_peak: u64, largest_process: u64) -> Outcome {
        let measured = Measured {
            cpu_time: Duration::ZERO,
            wall_time: Duration::ZERO,
            memory_peak,
            memory_kills: 0,
            forks_refused: 0,
            memory_mechanism: String::new(),
            cpu_mechanism: String::new(),
            pids_mechanism: String::new(),
        };
        let ended = Ended {
            status: libc::SIGSEGV,
            wall_time: Duration::ZERO,
            alone: true,
            cpu_time: Duration::ZERO,
            largest_process,
            disk: Disk::default(),
        };
        Facts { cause: None, ended: Some(ended), measured, warm: false }
            .judge(&Limits::default())
            .expect("it is known how it ended")
            .0
    }

    #[test]
    fn a_crash_is_a_stack_overflow_only_if_the_stack_was_in_memory() {
        let stack = Limits::default().stack_bytes;
        assert!(matches!(crashed(stack + 1, stack + 1), Outcome::StackExceeded(_)));
        assert_eq!(crashed(stack + 1, stack - 1), Outcome::signaled(libc::SIGSEGV), "files read, or several processes");
        assert_eq!(crashed(stack - 1, stack + 1), Outcome::signaled(libc::SIGSEGV), "shared pages");
    }
}
