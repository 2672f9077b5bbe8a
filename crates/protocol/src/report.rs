//! What a client gets back.

use serde::{Deserialize, Serialize};

use crate::{Encoding, Outcome, Usage};

/// The result of one job: the answer of `POST /api/v1/run`.
///
/// `stdout`, `stderr` and `error` mean what they meant in the original codecanvas; the rest is added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    /// What the program wrote to stdout, up to the output limit, as `output.stdout.encoding` says.
    pub stdout: String,
    /// What the program wrote to stderr; when compiling failed, what the compiler said.
    pub stderr: String,
    /// Empty on success, else `exit status N` or `signal: killed`.
    pub error: String,
    /// How it ended: the run's outcome, or the compile phase's when that failed.
    pub outcome: Outcome,
    /// What the phase of `outcome` used.
    pub usage: Usage,
    /// Whether a part of stdout or stderr is missing; `output` says how much.
    pub truncated: bool,
    /// Size and encoding of stdout and stderr.
    pub output: Streams,
    /// Every phase that was started, in order.
    pub phases: Vec<PhaseReport>,
    /// The language's id.
    pub language: String,
    /// The toolchain's version.
    pub version: String,
    /// What this host cannot enforce; empty on a host with everything.
    pub weaker: Vec<String>,
}

/// Facts about stdout and stderr.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Streams {
    /// Standard output.
    pub stdout: StreamInfo,
    /// Standard error.
    pub stderr: StreamInfo,
}

/// Facts about one output stream.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StreamInfo {
    /// How many bytes the program wrote.
    pub bytes: u64,
    /// How the text in the report is written: `utf8`, or `base64` when the bytes are not valid UTF-8.
    pub encoding: Encoding,
    /// Whether the end is missing from the report.
    pub truncated: bool,
}

/// A phase of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The compiler runs.
    Compile,
    /// The program runs.
    Run,
}

/// How a program was started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// It was executed.
    #[default]
    Cold,
    /// By an interpreter that was loaded ahead of need.
    Warm,
}

/// The result of one phase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhaseReport {
    /// Which phase.
    pub phase: Phase,
    /// How it ended.
    pub outcome: Outcome,
    /// What it used.
    pub usage: Usage,
    /// How it was started.
    #[serde(default)]
    pub start: Start,
    /// Whether it was done before: for an earlier job that had the same sources, flags, limits and toolchain. Outcome, usage and the
    /// compiler's words are those of that time; now it took nothing (compile phase only).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cached: bool,
    /// What the compiler wrote to stdout (compile phase only, and only if it wrote anything).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stdout: String,
    /// What the compiler wrote to stderr (compile phase only, and only if it wrote anything).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stderr: String,
}
