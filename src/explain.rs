//! How a program ended, in words: the one line on stderr that tells why it was stopped and what to do about it.

use codecanvas_engine::units;
use codecanvas_protocol::{Breach, LimitsSpec, Outcome, Report};

use crate::limits;

/// The option with which the reader of an explanation raises a limit.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Raise {
    /// `--limit NAME=…`
    Limit,
    /// `--compile-limit NAME=…`
    CompileLimit,
}

/// Why the program of this outcome was stopped, or nothing when it ended by itself.
pub(crate) fn stop(outcome: &Outcome, raise: Raise) -> Option<String> {
    let what = match raise {
        Raise::Limit => "stopped",
        Raise::CompileLimit => "compiling was stopped",
    };
    let sentence = match outcome {
        Outcome::Exited { .. } => return None,
        Outcome::Cancelled => return Some(format!("{what}: cancelled")),
        Outcome::Signaled { signal, name } => return Some(format!("ended by signal {signal} ({name}{})", nickname(*signal))),
        Outcome::CpuTimeExceeded(breach) => format!("used {}", measured_and_allowed(breach, " of processor time")),
        Outcome::WallTimeExceeded(breach) => format!("ran for {}", measured_and_allowed(breach, "")),
        Outcome::MemoryExceeded(breach) => format!("needed more than the {} of memory allowed", limits::bytes(breach.allowed)),
        Outcome::OutputExceeded(breach) => format!("wrote more than the {} of output allowed", limits::bytes(breach.allowed)),
        Outcome::FileSizeExceeded(breach) => format!("wrote a file larger than the {} allowed", limits::bytes(breach.allowed)),
        Outcome::ProcessesExceeded(breach) => format!("wanted more than the {} processes and threads allowed", breach.allowed),
        Outcome::DiskExceeded(breach) if breach.limit == "disk_files" => {
            format!("wanted more than the {} files allowed", breach.allowed)
        }
        Outcome::DiskExceeded(breach) => format!("filled the {} of disk allowed", limits::bytes(breach.allowed)),
        Outcome::StackExceeded(breach) => format!("filled the stack of {} allowed", limits::bytes(breach.allowed)),
    };
    let hint = outcome.breach().and_then(|breach| hint(breach, raise)).unwrap_or_default();
    Some(format!("{what}: {sentence}{hint}"))
}

/// What is missing from the output that was passed on, or nothing. `shown` are the bytes of stdout and stderr that were.
pub(crate) fn truncation(report: &Report, shown: [u64; 2]) -> Option<String> {
    let streams = [("stdout", report.output.stdout), ("stderr", report.output.stderr)];
    let cut: Vec<String> = streams
        .into_iter()
        .zip(shown)
        .filter(|((_, stream), shown)| stream.truncated && *shown < stream.bytes)
        .map(|((name, stream), shown)| format!("{} of {} of {name}", limits::bytes(shown), limits::bytes(stream.bytes)))
        .collect();
    match cut.is_empty() {
        true => None,
        false => Some(format!("output cut: shown are {} (show more with --limit output=…)", cut.join(" and "))),
    }
}

fn measured_and_allowed(breach: &Breach, of_what: &str) -> String {
    let seconds = breach.measured as f64 / 1000.0;
    format!("{seconds:.2} s{of_what}, {} allowed", limits::milliseconds(breach.allowed))
}

/// How to allow more, for a limit that a request can name.
fn hint(breach: &Breach, raise: Raise) -> Option<String> {
    LimitsSpec::NAMES.iter().find(|name| **name == breach.limit)?;
    let option = match raise {
        Raise::Limit => "--limit",
        Raise::CompileLimit => "--compile-limit",
    };
    Some(format!(" (raise it with {option} {}=…)", units::short_name(&breach.limit)))
}

/// What people call the signals that a faulty program ends by.
fn nickname(signal: i32) -> &'static str {
    match signal {
        4 => ", illegal instruction",
        6 => ", aborted",
        7 => ", bus error",
        8 => ", arithmetic error such as a division by zero",
        9 => ", killed",
        11 => ", segmentation fault",
        13 => ", broken pipe",
        15 => ", terminated",
        31 => ", a system call that is not allowed",
        _ => "",
    }
}

#[cfg(test)]
mod tests;
