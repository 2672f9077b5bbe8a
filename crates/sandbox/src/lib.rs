//! Runs one program in isolation on Linux.

use std::path::PathBuf;

use codecanvas_protocol::{Limits, Outcome, Usage};
use serde::{Deserialize, Serialize};

/// A host directory or file that sandboxes may see, read-only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mount {
    /// Where it is on the host.
    pub source: PathBuf,
    /// Where the program finds it.
    pub target: PathBuf,
}

/// What the launcher is told once, at its start.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The program to start as launcher.
    pub executable: Option<PathBuf>,
    /// Every mount that a run may name.
    pub mounts: Vec<Mount>,
    /// Sandboxes alive at once.
    pub slots: u32,
}

/// First line of `main`.
pub fn enter_if_launcher() {}

/// The launcher.
#[derive(Debug, Clone)]
pub struct Launcher;

impl Launcher {
    /// Starts it.
    pub fn start(_setup: &Setup) -> Result<Launcher, Error> {
        unimplemented!()
    }
    /// A sandbox.
    pub fn sandbox(&self) -> Result<Sandbox, Error> {
        unimplemented!()
    }
    /// What this host cannot enforce.
    pub fn weaker(&self) -> &[String] {
        &[]
    }
}

/// A sandbox.
#[derive(Debug)]
pub struct Sandbox;

impl Sandbox {
    /// Starts a program.
    pub fn spawn(&mut self, _command: &Command) -> Result<Child, Error> {
        unimplemented!()
    }
}

/// A program to run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// Program and arguments.
    pub argv: Vec<String>,
    /// The whole environment.
    pub env: Vec<(String, String)>,
    /// Files put below /work before the start.
    pub files: Vec<FileEntry>,
    /// Mounts, each on the launcher's menu.
    pub mounts: Vec<Mount>,
    /// Standard input.
    pub stdin: Vec<u8>,
    /// Limits.
    pub limits: Limits,
    /// Whether a further command of this sandbox follows.
    pub keep_workspace: bool,
}

/// A file of the working directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Relative path.
    pub path: String,
    /// Content.
    pub content: Vec<u8>,
    /// Whether it may be executed.
    pub executable: bool,
}

/// An output stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// A running program.
#[derive(Debug)]
pub struct Child;

impl Child {
    /// A handle that ends the run.
    pub fn killer(&self) -> Killer {
        Killer
    }
    /// Waits for the end.
    pub fn wait(self, _sink: &mut dyn FnMut(Stream, &[u8])) -> Result<Exit, Error> {
        unimplemented!()
    }
}

/// A handle that ends the run.
#[derive(Debug, Clone)]
pub struct Killer;

impl Killer {
    /// Ends the run.
    pub fn kill(&self) {}
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Exit {
    /// How.
    pub outcome: Outcome,
    /// What it used.
    pub usage: Usage,
    /// Bytes written to stdout.
    pub stdout_bytes: u64,
    /// Bytes written to stderr.
    pub stderr_bytes: u64,
}

/// Our fault.
#[derive(Debug, thiserror::Error)]
#[error("failed to {step}")]
pub struct Error {
    step: String,
}

impl Error {
    /// Whether the program does not exist in the sandbox.
    pub fn is_not_found(&self) -> bool {
        false
    }
}
