//! What a server allows, as clients are told.

use serde::{Deserialize, Serialize};

use crate::LimitsSpec;

/// The answer of `GET /api/v1/limits`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ceilings {
    /// Limits of the run phase.
    pub run: PhaseCeilings,
    /// Limits of the compile phase.
    pub compile: PhaseCeilings,
    /// Times of interactive runs.
    pub interactive: InteractiveCeilings,
    /// Whether programs have a network beyond a loopback of their own.
    pub network: bool,
    /// The largest body of a request, in bytes.
    pub max_body_bytes: u64,
    /// What this host cannot enforce, a sentence each; empty on a host with everything.
    pub weaker: Vec<String>,
}

/// Limits of one phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhaseCeilings {
    /// What a job has that asks for nothing, where its language has no limits of its own.
    pub defaults: LimitsSpec,
    /// What a job may ask for at most.
    pub ceilings: LimitsSpec,
}

/// Times of interactive runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InteractiveCeilings {
    /// The longest that one may take on the clock, and what it may take when it asks for nothing, in milliseconds.
    pub wall_time_ms: u64,
    /// How long neither side may say anything, in milliseconds.
    pub idle_ms: u64,
    /// How many there may be at once.
    pub sessions: u32,
}
