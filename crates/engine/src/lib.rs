//! From a job to a report: which language, which plan, whose turn, and what came out.
//!
//! ```text
//! JobSpec ─ registry ─→ Language ─ plan ─→ Plan ─ admission ─→ a slot ─ execute ─→ Report
//!                                                                        └ per phase: sandbox, collect
//! ```
//!
//! Everything a worker needs, without HTTP; the command line's local run uses it as it is.

#![forbid(unsafe_code)]

mod admission;
mod cache;
mod config;
mod definition;
mod engine;
mod error;
mod execute;
mod feed;
#[doc(hidden)]
pub mod fuzzing;
mod narrate;
mod output;
mod plan;
mod prepared;
mod registry;
mod tally;
mod toolchain;

pub use codecanvas_sandbox::Signaller;
pub use config::{EngineConfig, InteractiveLimits, PhaseLimits, RequestCaps, units, with_stack_for};
pub use definition::{Expect, Sample, WarmMode};
pub use engine::{Controls, Engine, Moment, OnLive, Watcher};
pub use error::{Invalid, RunError, StartError};
pub use feed::Feed;
pub use narrate::Narrator;
pub use registry::Registry;
pub use tally::{Count, Metrics};

/// The Debian packages of all built-in languages, each once.
///
/// # Errors
/// When a definition is wrong; the built-in ones are not, as the tests see to.
pub fn packages() -> Result<Vec<String>, StartError> {
    Ok(Registry::load(None)?.packages().into_iter().map(str::to_owned).collect())
}
