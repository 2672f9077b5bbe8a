//! How a program ended.

use serde::{Deserialize, Serialize};

/// How a program ended. Every end that was not the program's own doing carries the limit behind it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outcome {
    /// It ended by itself with this exit code (0 to 255).
    Exited {
        /// The exit code.
        code: i32,
    },
    /// A signal that no limit explains ended it.
    Signaled {
        /// The signal's number.
        signal: i32,
        /// The signal's name: `SIGSEGV`.
        name: String,
    },
    /// It used more processor time than allowed and was killed.
    CpuTimeExceeded(Breach),
    /// It ran longer than allowed and was killed.
    WallTimeExceeded(Breach),
    /// It needed more memory than allowed and was killed.
    MemoryExceeded(Breach),
    /// It wrote more to stdout or stderr than the ceiling allows and was killed.
    OutputExceeded(Breach),
    /// It wrote a larger file than allowed: the kernel ended it by SIGXFSZ.
    FileSizeExceeded(Breach),
    /// It failed after it was refused another process or thread.
    ProcessesExceeded(Breach),
    /// It failed with its working directory, `/tmp` or `/dev/shm` full.
    DiskExceeded(Breach),
    /// It crashed having filled its stack.
    StackExceeded(Breach),
    /// It was stopped because nobody waits for it any more.
    Cancelled,
}

/// Which limit ended a program, what it allowed, what was measured and who enforced it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Breach {
    /// The limit's name, as in a request's `limits`: `memory_bytes`.
    pub limit: String,
    /// What was allowed, in the unit that the limit's name ends with.
    pub allowed: u64,
    /// What was measured, in the same unit.
    pub measured: u64,
    /// What enforced the limit: `cgroup v1 memory.limit_in_bytes`, `timer` …
    pub mechanism: String,
}

impl Outcome {
    /// Whether the program ended by itself with code 0.
    pub fn is_success(&self) -> bool {
        matches!(self, Outcome::Exited { code: 0 })
    }

    /// The outcome of a program ended by this signal.
    pub fn signaled(signal: i32) -> Outcome {
        Outcome::Signaled { signal, name: signal_name(signal) }
    }

    /// The limit behind the end, if one is.
    pub fn breach(&self) -> Option<&Breach> {
        match self {
            Outcome::CpuTimeExceeded(breach)
            | Outcome::WallTimeExceeded(breach)
            | Outcome::MemoryExceeded(breach)
            | Outcome::OutputExceeded(breach)
            | Outcome::FileSizeExceeded(breach)
            | Outcome::ProcessesExceeded(breach)
            | Outcome::DiskExceeded(breach)
            | Outcome::StackExceeded(breach) => Some(breach),
            Outcome::Exited { .. } | Outcome::Signaled { .. } | Outcome::Cancelled => None,
        }
    }

    /// The `error` text of the original codecanvas: empty on success, `exit status N` when the program ended itself (128+N for
    /// signal N, as a shell counts), `signal: killed` when a limit ended it.
    pub fn error_text(&self) -> String {
        match self {
            Outcome::Exited { code: 0 } => String::new(),
            Outcome::Exited { code } => format!("exit status {code}"),
            Outcome::Signaled { signal, .. } => format!("exit status {}", 128 + signal),
            _ => "signal: killed".to_owned(),
        }
    }
}

/// The names of the signals of Linux, from 1 on.
const NAMES: [&str; 31] = [
    "SIGHUP",
    "SIGINT",
    "SIGQUIT",
    "SIGILL",
    "SIGTRAP",
    "SIGABRT",
    "SIGBUS",
    "SIGFPE",
    "SIGKILL",
    "SIGUSR1",
    "SIGSEGV",
    "SIGUSR2",
    "SIGPIPE",
    "SIGALRM",
    "SIGTERM",
    "SIGSTKFLT",
    "SIGCHLD",
    "SIGCONT",
    "SIGSTOP",
    "SIGTSTP",
    "SIGTTIN",
    "SIGTTOU",
    "SIGURG",
    "SIGXCPU",
    "SIGXFSZ",
    "SIGVTALRM",
    "SIGPROF",
    "SIGWINCH",
    "SIGIO",
    "SIGPWR",
    "SIGSYS",
];

/// The name of a signal on Linux: `SIGKILL`; `SIG64` style for those without one.
pub fn signal_name(signal: i32) -> String {
    match usize::try_from(signal - 1).ok().and_then(|index| NAMES.get(index)) {
        Some(name) => (*name).to_owned(),
        None => format!("SIG{signal}"),
    }
}

/// The number of a signal on Linux by its name, with or without `SIG` in front, in any case.
pub fn signal_number(name: &str) -> Option<i32> {
    let name = name.to_ascii_uppercase();
    let matches = |known: &&str| **known == name || known.strip_prefix("SIG") == Some(&name);
    NAMES.iter().position(matches).and_then(|index| i32::try_from(index + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signals_have_their_linux_names() {
        assert_eq!(signal_name(9), "SIGKILL");
        assert_eq!(signal_name(11), "SIGSEGV");
        assert_eq!(signal_name(31), "SIGSYS");
        assert_eq!(signal_name(40), "SIG40");
        assert_eq!(signal_name(0), "SIG0");
        assert_eq!((signal_number("SIGINT"), signal_number("int"), signal_number("KILL")), (Some(2), Some(2), Some(9)));
        assert_eq!((signal_number(""), signal_number("SIG"), signal_number("NOPE")), (None, None, None));
    }

    #[test]
    fn outcomes_are_tagged_by_kind() {
        let breach = Breach { limit: "memory_bytes".into(), allowed: 1, measured: 2, mechanism: "cgroup".into() };
        let json = serde_json::to_string(&Outcome::MemoryExceeded(breach)).unwrap();
        assert_eq!(json, r#"{"kind":"memory_exceeded","limit":"memory_bytes","allowed":1,"measured":2,"mechanism":"cgroup"}"#);
        assert_eq!(serde_json::to_string(&Outcome::Exited { code: 3 }).unwrap(), r#"{"kind":"exited","code":3}"#);
        assert_eq!(serde_json::to_string(&Outcome::Cancelled).unwrap(), r#"{"kind":"cancelled"}"#);
    }

    #[test]
    fn the_error_text_is_the_originals() {
        assert_eq!(Outcome::Exited { code: 0 }.error_text(), "");
        assert_eq!(Outcome::Exited { code: 7 }.error_text(), "exit status 7");
        assert_eq!(Outcome::signaled(11).error_text(), "exit status 139");
        assert_eq!(Outcome::Cancelled.error_text(), "signal: killed");
    }
}
