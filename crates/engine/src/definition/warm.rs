//! How programs of a language are started without waiting for its interpreter.

use codecanvas_sandbox::Interpreter;
use serde::Deserialize;

/// The `[warm]` of a definition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WarmDefinition {
    /// Whether, and in which way.
    pub(crate) mode: WarmMode,
    /// The interpreter.
    pub(crate) interpreter: Interpreter,
    /// The tool that is the interpreter's program.
    pub(crate) tool: String,
    /// Where its shared library is, relative to the folder of that program; `{name}` is the program's own name, once all links are
    /// followed, and `*` any part of a name. The first that is there is taken.
    pub(crate) library: Vec<String>,
    /// How names of environment variables begin that the interpreter looks at when it starts: a job that sets one has its interpreter
    /// executed.
    #[serde(default)]
    pub(crate) looks_at: Vec<String>,
}

/// Ways of being ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WarmMode {
    /// A process that has the interpreter loaded is forked for each program.
    Fork,
    /// Each program's interpreter is executed.
    Off,
}

impl WarmDefinition {
    /// What the types do not say.
    pub(super) fn check(&self, tools: &[&str]) -> Result<(), String> {
        if !tools.contains(&self.tool.as_str()) {
            return Err(format!("warm.tool: `{}` is not a tool of this language", self.tool));
        }
        match self.library.iter().find(|path| path.is_empty() || path.starts_with('/')) {
            Some(path) => Err(format!("warm.library: `{path}` has to be relative to the tool's folder")),
            None => Ok(()),
        }
    }
}
