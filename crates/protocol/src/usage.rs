//! What a program used.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What one phase used, measured over its whole process tree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Usage {
    /// Processor time, user and system together, in milliseconds.
    pub cpu_time_ms: f64,
    /// Time on the clock from the program's first instruction to its end, in milliseconds.
    pub wall_time_ms: f64,
    /// The most memory in use at once, in bytes: of the whole tree with a cgroup, of the largest process without.
    pub memory_peak_bytes: u64,
}

impl Usage {
    /// Usage from durations; times are kept to the microsecond.
    pub fn new(cpu_time: Duration, wall_time: Duration, memory_peak_bytes: u64) -> Usage {
        Usage { cpu_time_ms: milliseconds(cpu_time), wall_time_ms: milliseconds(wall_time), memory_peak_bytes }
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_micros() as f64 / 1000.0
}
