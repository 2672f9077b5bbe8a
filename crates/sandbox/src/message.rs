//! The typed protocol between a client (server, command line, test) and the launcher.
//!
//! ```text
//! client                                     keeper, launcher
//!   │  Greeting ─────────────────────────────→ │  once, at its start
//!   │ ←────── Ready + control socket | Failed  │  from each launcher that is started
//!   │  control socket: [box socket] ─────────→ │  per sandbox: the descriptor is the whole message
//!   │  box socket: Run(command) + 3 fds ─────→ │  stdin, stdout, stderr
//!   │             [Kill{cause}] ─────────────→ │
//!   │ ←───────────────────── Finished | Failed │  then perhaps another Run; closing the socket destroys the sandbox
//!   │             [Keep{key}] ───────────────→ │  after a program that succeeded: its /work is kept for other sandboxes
//!   │ ←─────────────────────────── Kept | Not  │
//!   │             [Forget{key}] ─────────────→ │
//! ```
//!
//! Sockets are SOCK_SEQPACKET: a message arrives whole or not at all.

use serde::{Deserialize, Serialize};

use crate::{Command, Error, Mount, TreeKey, Warm, child::Kept, outcome::Facts};

/// What the launcher is told at its start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Greeting {
    pub(crate) mounts: Vec<Mount>,
    pub(crate) warm: Vec<Warm>,
    pub(crate) slots: u32,
    pub(crate) spares: u32,
    pub(crate) tree_bytes: u64,
}

/// The launcher's answer to the greeting, as soon as it is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Welcome {
    /// It takes sandboxes now; these are the things this host cannot enforce.
    /// The socket on which it does comes with this.
    Ready { weaker: Vec<String>, pid: u32 },
    /// It cannot work here.
    Failed(Error),
}

/// From the client, on a sandbox's own socket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Request {
    /// Run this; stdin, stdout and stderr come with it.
    Run(Box<Command>),
    /// End the sandbox's run of this number (the first is 1), if it still runs.
    Kill { run: u32, cause: KillCause },
    /// Send the program of this run, if it is live, a signal.
    Signal { run: u32, signal: i32 },
    /// Keep the working directory that the last program left, under this key.
    Keep { key: TreeKey },
    /// Let go of what is kept under this key; there is no answer.
    Forget { key: TreeKey },
}

/// Why a client ends a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum KillCause {
    /// Nobody waits for it any more.
    Cancelled,
    /// It wrote more than its ceiling: so many bytes.
    Output { written: u64 },
}

/// To the client, on a sandbox's own socket: exactly one for each `Run` and each `Keep`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Reply {
    /// It ran and nothing of it is left.
    Finished(Box<Facts>),
    /// It could not be run.
    Failed(Error),
    /// What became of the wish to keep a working directory.
    Kept(Kept),
}
