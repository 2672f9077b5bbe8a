//! What the program's end makes of our own exit code.
//!
//! | code | meaning |
//! |---|---|
//! | the program's own | it ended by itself |
//! | 2 | codecanvas did not run it: wrong arguments, no such file, unreachable server … |
//! | 124 | a time limit stopped it (as `timeout` of coreutils says it) |
//! | 126 | `exec`: the command cannot be executed |
//! | 127 | `exec`: there is no such command in the sandbox |
//! | 130 | it was cancelled |
//! | 137 | another limit ended it: memory, output, file size, processes, disk, stack |
//! | 128 + N | signal N ended it, and no limit explains why |

use std::process::ExitCode;

use codecanvas_protocol::Outcome;

/// Codecanvas itself could not do what was asked.
pub(crate) const NOT_STARTED: u8 = 2;

/// The command is there, but cannot be executed.
pub(crate) const COMMAND_NOT_EXECUTABLE: u8 = 126;

/// The sandbox has no such command.
pub(crate) const COMMAND_NOT_FOUND: u8 = 127;

/// Nobody reads what we write any more: 128 + SIGPIPE, as a shell counts.
pub(crate) const NOBODY_READS: i32 = 141;

/// The exit codes in words, for `--help`.
pub(crate) const HELP: &str = "Exit code:
  the program's own; 128+N when signal N ended it; 124 when a time limit stopped it;
  137 when another limit did (memory, output, file size, processes, disk, stack);
  130 when it was cancelled; 2 when codecanvas could not run it at all.
  Each stop is explained by one line on stderr.";

/// The exit code that tells this outcome.
pub(crate) fn of(outcome: &Outcome) -> ExitCode {
    ExitCode::from(number(outcome))
}

fn number(outcome: &Outcome) -> u8 {
    match outcome {
        Outcome::Exited { code } => u8::try_from(*code).unwrap_or(1),
        Outcome::Signaled { signal, .. } => u8::try_from(128 + signal).unwrap_or(u8::MAX),
        Outcome::CpuTimeExceeded(_) | Outcome::WallTimeExceeded(_) => 124,
        Outcome::MemoryExceeded(_)
        | Outcome::OutputExceeded(_)
        | Outcome::FileSizeExceeded(_)
        | Outcome::ProcessesExceeded(_)
        | Outcome::DiskExceeded(_)
        | Outcome::StackExceeded(_) => 137,
        Outcome::Cancelled => 130,
    }
}

#[cfg(test)]
mod tests {
    use codecanvas_protocol::Breach;

    use super::*;

    fn breach() -> Breach {
        Breach { limit: "memory_bytes".into(), allowed: 1, measured: 2, mechanism: "cgroup".into() }
    }

    #[test]
    fn a_program_that_ends_itself_keeps_its_code() {
        assert_eq!(number(&Outcome::Exited { code: 0 }), 0);
        assert_eq!(number(&Outcome::Exited { code: 255 }), 255);
    }

    #[test]
    fn a_failure_never_looks_like_success() {
        assert_eq!(number(&Outcome::Exited { code: 256 }), 1);
        assert_eq!(number(&Outcome::Exited { code: -1 }), 1);
    }

    #[test]
    fn signals_count_from_128_as_in_a_shell() {
        assert_eq!(number(&Outcome::signaled(11)), 139);
        assert_eq!(number(&Outcome::signaled(64)), 192);
    }

    #[test]
    fn limits_have_codes_of_their_own() {
        assert_eq!(number(&Outcome::CpuTimeExceeded(breach())), 124);
        assert_eq!(number(&Outcome::WallTimeExceeded(breach())), 124);
        assert_eq!(number(&Outcome::MemoryExceeded(breach())), 137);
        assert_eq!(number(&Outcome::OutputExceeded(breach())), 137);
        assert_eq!(number(&Outcome::Cancelled), 130);
    }
}
