//! Runs one program in isolation on Linux.
//!
//! ```text
//! client (any thread)                    launcher: one process, one thread, the privilege
//!   Launcher::start ── sealed memfd ───→   prepares roots, cgroups, the filter
//!   Launcher::sandbox ─────────────────→   a place: user id, working directory
//!   Sandbox::spawn ── Command, stdio ──→   fork ─→ init (pid 1 of fresh namespaces)
//!   Child::wait ←── pipes ─────────────────────────── └─ the program
//!               ←── Exit ──────────────   counters read, nothing left
//! ```
//!
//! A program that calls this library calls [`enter_if_launcher`] first in its `main`, since the launcher is that same program
//! executed anew. The library is blocking and starts no threads; [`Child::wait`] can be called from any.
//!
//! # Example
//! ```no_run
//! use codecanvas_sandbox::{Command, Launcher, Libraries, Setup, enter_if_launcher};
//!
//! enter_if_launcher(Libraries::default());
//! let launcher = Launcher::start(&Setup::default())?;
//! let command = Command { argv: vec!["echo".into(), "hello".into()], ..Command::default() };
//! let exit = launcher.sandbox()?.spawn(&command)?.wait(&mut |_stream, piece| print!("{}", String::from_utf8_lossy(piece)))?;
//! assert!(exit.outcome.is_success());
//! # Ok::<(), codecanvas_sandbox::Error>(())
//! ```

#[cfg(not(target_os = "linux"))]
compile_error!("the sandbox needs Linux");

mod cgroup;
mod child;
mod command;
mod error;
#[doc(hidden)]
pub mod fuzzing;
mod holdings;
mod host;
mod init;
mod input;
mod launcher;
mod ledger;
mod message;
mod mount;
mod outcome;
mod privileges;
mod program;
mod seccomp;
mod sys;
mod terminal;
mod warm;
mod wire;

pub use child::{Child, Exit, Kept, Killer, Sandbox, Signaller};
pub use codecanvas_embed::Kind as Interpreter;
pub use command::{Command, FileEntry, LONGEST_RUN, Live, Mount, Setup, Stream, TreeKey};
pub use error::{Error, Step};
pub use holdings::{groups_left_over, is_id_of_sandbox};
pub use host::{Host, Mechanism, Status};
pub use input::Input;
pub use launcher::{Launcher, Libraries, STANDBYS_MAX, enter_if_launcher, places::SERVER_ID, serve_as_template};
pub use privileges::drop_privileges;
pub use warm::Warm;
