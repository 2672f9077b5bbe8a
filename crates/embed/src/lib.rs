//! Interpreters as libraries: one is made ready for work once, in a process of its own program that never runs a program itself but
//! is forked for each. The fork goes on where the interpreter's own `main` would read the program's file.
//!
//! ```text
//! template:  Interpreter::load ── standard modules imported ── forks …
//! its fork:  Interpreter::run(arguments, variables) ── the program's exit code
//! ```
//!
//! What a program can see of the world is to be what it sees when the interpreter is executed afresh. What else it can see, and why,
//! stands with each interpreter.

mod python;
mod symbols;

use serde::{Deserialize, Serialize};

/// The interpreters that can be kept ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// CPython, from 3.8 on.
    Python,
    /// Node.js, which has threads and so cannot be forked: it is not loaded here, but started ahead of need.
    Node,
    /// A JVM by its `java` command, likewise.
    Java,
    /// Ruby's own, MRI, likewise.
    Ruby,
    /// PHP's command line, likewise.
    Php,
}

impl Kind {
    /// Whether a process that has it loaded can be forked for each program.
    pub fn can_be_forked(self) -> bool {
        self == Kind::Python
    }

    /// Whether one that has started can still be told its program's arguments and environment.
    pub fn takes_words(self) -> bool {
        matches!(self, Kind::Python | Kind::Node)
    }

    /// Whether it looks at its start how large a stack it may have.
    pub fn measures_its_stack(self) -> bool {
        matches!(self, Kind::Ruby | Kind::Php)
    }
}

/// An interpreter that is ready to run one program.
#[derive(Debug)]
pub struct Interpreter(python::Python);

impl Interpreter {
    /// Makes it ready in the process of its own program. `argv` is the command line that it is to look as if started with: the
    /// interpreter's own path and options, and a program's file. This process's environment is the program's. `at_leisure` it leaves the
    /// processor to others most of the time.
    ///
    /// # Errors
    /// Why it cannot be: a function of it is not there, or it does not start.
    pub fn load(kind: Kind, argv: &[String], at_leisure: bool) -> Result<Interpreter, String> {
        match kind {
            Kind::Python => python::Python::load(argv, at_leisure).map(Interpreter),
            Kind::Node | Kind::Java | Kind::Ruby | Kind::Php => Err("it cannot be forked".to_owned()),
        }
    }

    /// Runs the program, in a fork of the process that loaded the interpreter, made by the C library's own fork. Its standard streams
    /// and its working directory are in place. `file` is the program's, `arguments` follow it, `variables` are added to the environment.
    /// Gives the exit code, unless the program ends the process itself.
    pub fn run(&self, file: &str, arguments: &[String], variables: &[(String, String)]) -> i32 {
        self.0.run(file, arguments, variables)
    }
}
