//! Small programs that come with a language, each with what it must give: the language's tests and the playground's examples.

use codecanvas_protocol::{LimitsSpec, Phase};
use serde::Deserialize;

/// A sample program, ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// What it shows: `hello`, `stdin`, `compile-error` …
    pub name: String,
    /// Its files: path below the working directory, content.
    pub files: Vec<(String, Vec<u8>)>,
    /// Which of them is started.
    pub entrypoint: String,
    /// What it reads from its standard input.
    pub stdin: String,
    /// Its arguments.
    pub args: Vec<String>,
    /// Flags for its compiler.
    pub flags: Vec<String>,
    /// Limits of its run.
    pub limits: LimitsSpec,
    /// What it must give.
    pub expect: Expect,
}

/// What a sample must give. What is left out is not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// The phase that it ends in (default: run).
    #[serde(default = "run")]
    pub phase: Phase,
    /// The kind of its outcome, as on the wire (default: `exited`).
    #[serde(default = "exited")]
    pub outcome: String,
    /// Its exit code, when it exits (default: 0).
    #[serde(default)]
    pub code: i32,
    /// The number of the signal, when one ends it.
    pub signal: Option<i32>,
    /// All of its stdout, to the byte.
    pub stdout: Option<String>,
    /// Pieces of its stderr; when `phase` is compile, of what the compiler wrote, on whichever stream it writes.
    #[serde(default)]
    pub stderr_contains: Vec<String>,
}

fn run() -> Phase {
    Phase::Run
}

fn exited() -> String {
    "exited".to_owned()
}

/// A sample as `language.toml` has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSample {
    pub(super) name: String,
    /// A file in `samples/`, sent as a single source.
    pub(super) source: Option<String>,
    /// A folder in `samples/`, sent file by file.
    pub(super) folder: Option<String>,
    /// The file of the folder that is started.
    pub(super) entrypoint: Option<String>,
    #[serde(default)]
    pub(super) stdin: String,
    #[serde(default)]
    pub(super) args: Vec<String>,
    #[serde(default)]
    pub(super) flags: Vec<String>,
    #[serde(default)]
    pub(super) limits: LimitsSpec,
    pub(super) expect: Expect,
}

impl RawSample {
    /// The sample with its files, of those in the language's folder (path below that folder, content).
    /// `name_of` gives the name under which a single source is stored.
    ///
    /// # Errors
    /// A sentence that names the field, when a file is not there or the fields contradict each other.
    pub(super) fn load(self, folder: &[(String, Vec<u8>)], name_of: impl Fn(&str) -> String) -> Result<Sample, String> {
        let (files, entrypoint) = match (&self.source, &self.folder, &self.entrypoint) {
            (Some(source), None, None) => {
                let path = format!("samples/{source}");
                let (_, content) =
                    folder.iter().find(|(name, _)| *name == path).ok_or_else(|| format!("source: no file {path}"))?;
                let name = name_of(&String::from_utf8_lossy(content));
                (vec![(name.clone(), content.clone())], name)
            }
            (None, Some(name), Some(entrypoint)) => {
                let prefix = format!("samples/{name}/");
                let inside = |(path, content): &(String, Vec<u8>)| {
                    path.strip_prefix(&prefix).map(|path| (path.to_owned(), content.clone()))
                };
                let files: Vec<_> = folder.iter().filter_map(inside).collect();
                if !files.iter().any(|(path, _)| path == entrypoint) {
                    return Err(format!("entrypoint: no file {prefix}{entrypoint}"));
                }
                (files, entrypoint.clone())
            }
            _ => return Err("it has either `source`, or `folder` and `entrypoint`".to_owned()),
        };
        let RawSample { name, stdin, args, flags, limits, expect, .. } = self;
        Ok(Sample { name, files, entrypoint, stdin, args, flags, limits, expect })
    }
}
