//! What a watcher is told of a job while it runs.

use serde::{Deserialize, Serialize};

use crate::{Encoding, Outcome, Phase, Problem, Report, Usage};

/// One event and its number: the first of a job is 1, and none is left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Numbered {
    /// Its place among the job's events.
    pub seq: u64,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What happened. The last event of a job is `finished` or `failed`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A phase has begun.
    PhaseStarted {
        /// Which one.
        phase: Phase,
    },
    /// The program or its compiler wrote to stdout; on a terminal, all that it wrote.
    Stdout(Piece),
    /// It wrote to stderr.
    Stderr(Piece),
    /// A phase has ended.
    PhaseFinished {
        /// Which one.
        phase: Phase,
        /// How it ended.
        outcome: Outcome,
        /// What it used.
        usage: Usage,
    },
    /// The job has ended.
    Finished {
        /// The same report as without watching.
        report: Box<Report>,
    },
    /// The job has no report, by no fault of its own.
    Failed {
        /// Why.
        problem: Problem,
    },
}

/// A piece of output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Piece {
    /// Which phase wrote it.
    pub phase: Phase,
    /// The text, never cut inside a character; or bytes that are no text, as `encoding` says.
    pub data: String,
    /// How `data` is written (default: `utf8`).
    #[serde(default, skip_serializing_if = "Encoding::is_utf8")]
    pub encoding: Encoding,
}

/// What a client of an interactive run says after its request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Say {
    /// Input for the program.
    Stdin {
        /// The text, or bytes as `encoding` says.
        data: String,
        /// How `data` is written (default: `utf8`).
        #[serde(default, skip_serializing_if = "Encoding::is_utf8")]
        encoding: Encoding,
    },
    /// There is no more input: what Ctrl-D says on a terminal.
    Eof,
    /// A signal for the program.
    Signal {
        /// Its name, with or without `SIG`: `INT`.
        signal: String,
    },
    /// The terminal has another size.
    Resize {
        /// Lines.
        rows: u16,
        /// Characters in a line.
        cols: u16,
    },
}
