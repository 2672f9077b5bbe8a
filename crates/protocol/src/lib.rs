//! The words everyone speaks: a job and its limits going in, an outcome and its usage coming out.
//!
//! One copy of each struct serves the server, the engine, the sandbox and the command line. Nothing here does any I/O.
//! Every number on the wire carries its unit in its name (`wall_time_ms`, `memory_bytes`).

#![forbid(unsafe_code)]

mod ceilings;
mod event;
mod job;
mod language;
mod limits;
mod outcome;
mod problem;
mod report;
mod usage;
mod window;

pub use ceilings::{Ceilings, InteractiveCeilings, PhaseCeilings};
pub use event::{Event, Numbered, Piece, Say};
pub use job::{CompileSpec, Encoding, JobSpec, SourceFile};
pub use language::LanguageInfo;
pub use limits::{Limits, LimitsSpec};
pub use outcome::{Breach, Outcome, signal_name, signal_number};
pub use problem::Problem;
pub use report::{Phase, PhaseReport, Report, Start, StreamInfo, Streams};
pub use usage::Usage;
pub use window::WindowSize;
