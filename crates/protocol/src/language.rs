//! What a client is told about a language.

use serde::{Deserialize, Serialize};

use crate::LimitsSpec;

/// One language as this host has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LanguageInfo {
    /// The id, as in a request's `language`: `python3`.
    pub id: String,
    /// The name for people: `Python`.
    pub name: String,
    /// Other ids that mean the same.
    pub aliases: Vec<String>,
    /// Ends of file names, with the dot: `.py`.
    pub extensions: Vec<String>,
    /// The name under which a program of one file is stored: `main.py`.
    #[serde(default)]
    pub file: String,
    /// A small program in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<String>,
    /// Limits of a run that it sets in place of the server's defaults.
    #[serde(default, skip_serializing_if = "LimitsSpec::is_empty")]
    pub limits: LimitsSpec,
    /// Whether it has a prompt of its own.
    #[serde(default)]
    pub shell: bool,
    /// Whether it is compiled before it runs.
    pub compiled: bool,
    /// Whether a run would work here.
    pub available: bool,
    /// The toolchain's version, when available.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Why it is not available.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The command that installs it on a Debian-like system, when it is not available.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub install: Option<String>,
}
