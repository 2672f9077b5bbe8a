//! How programs of a language are started without waiting for its interpreter.

use codecanvas_sandbox::Interpreter;
use serde::{Deserialize, Serialize};

/// The `[warm]` of a definition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WarmDefinition {
    /// Whether, and in which way.
    pub(crate) mode: WarmMode,
    /// The interpreter.
    pub(crate) interpreter: Interpreter,
    /// How names of environment variables begin that the interpreter looks at when it starts: a job that sets one has its interpreter
    /// executed.
    #[serde(default)]
    pub(crate) looks_at: Vec<String>,
    /// Which files the interpreter looks for in its working directory when it starts: a job that brings one has its interpreter executed.
    #[serde(default)]
    pub(crate) looks_for: Vec<String>,
}

/// Ways of being ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WarmMode {
    /// A process that has the interpreter loaded is forked for each program.
    Fork,
    /// Processes are started ahead of need, each for one program.
    Pool,
    /// Each program's interpreter is executed.
    Off,
}

impl WarmMode {
    /// Whether an interpreter can be kept ready in this way.
    pub(crate) fn serves(self, interpreter: Interpreter) -> bool {
        match self {
            WarmMode::Fork => interpreter.can_be_forked(),
            WarmMode::Pool => !interpreter.can_be_forked(),
            WarmMode::Off => true,
        }
    }
}
