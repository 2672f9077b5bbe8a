//! What a client asks for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{LimitsSpec, WindowSize};

/// One program to run: the body of `POST /api/v1/run`.
///
/// Exactly one of `source` and `files` is needed; everything else has a default. Unknown fields are refused, so that a
/// misspelt limit is never silently ignored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JobSpec {
    /// A language's id, name or alias: `python3`, `py`, `c++` …
    pub language: String,
    /// The program, when it is a single file of text. It is stored under the language's own file name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The program's files, when it has several or when one is binary.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<SourceFile>,
    /// Which of `files` is started (default: the first one).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entrypoint: Option<String>,
    /// What the program reads from its standard input (default: nothing, at once end of file).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stdin: String,
    /// How `stdin` is written (default: `utf8`).
    #[serde(default, skip_serializing_if = "Encoding::is_utf8")]
    pub stdin_encoding: Encoding,
    /// The program's arguments, without its own name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// Environment variables added to the language's own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub env: BTreeMap<String, String>,
    /// How the program is compiled, for languages that are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compile: Option<CompileSpec>,
    /// Limits of the run, each at or below the server's ceiling.
    #[serde(default, skip_serializing_if = "LimitsSpec::is_empty")]
    pub limits: LimitsSpec,
    /// The size of the terminal that the program runs on (interactive runs only; default: no terminal).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tty: Option<WindowSize>,
    /// Whether the language's own prompt runs in place of a program (interactive runs only; no program is needed then).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shell: bool,
    /// Whether what an earlier job compiled may be run, and what this one compiles be kept for later ones (default: yes).
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub cache: bool,
}

impl Default for JobSpec {
    fn default() -> JobSpec {
        JobSpec {
            language: String::new(),
            source: None,
            files: Vec::new(),
            entrypoint: None,
            stdin: String::new(),
            stdin_encoding: Encoding::default(),
            args: Vec::new(),
            env: BTreeMap::new(),
            compile: None,
            limits: LimitsSpec::default(),
            tty: None,
            shell: false,
            cache: true,
        }
    }
}

fn yes() -> bool {
    true
}

fn is_yes(wish: &bool) -> bool {
    *wish
}

/// Wishes for the compile phase.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompileSpec {
    /// Flags added to the compiler's command line, before the sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// Limits of the compile phase, each at or below the server's ceiling.
    #[serde(default, skip_serializing_if = "LimitsSpec::is_empty")]
    pub limits: LimitsSpec,
}

/// One file of a program.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// A relative path below the working directory, with `/` between its parts: `main.py`, `lib/util.py`.
    pub name: String,
    /// The content, written as `encoding` says.
    pub content: String,
    /// How `content` is written (default: `utf8`).
    #[serde(default, skip_serializing_if = "Encoding::is_utf8")]
    pub encoding: Encoding,
}

/// How bytes are written in a JSON string.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// As text.
    #[default]
    Utf8,
    /// As base64 (RFC 4648, standard alphabet, padding optional).
    Base64,
}

impl Encoding {
    /// Whether this is plain text, the default.
    pub fn is_utf8(&self) -> bool {
        *self == Encoding::Utf8
    }
}
