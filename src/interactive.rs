//! Talking to a program while it runs, here or on a server: `codecanvas run -i` and `codecanvas shell`.
//!
//! ```text
//! our terminal, raw ── keys, sizes ──→ Console ──→ local: the engine's feed   │ remote: a WebSocket
//!                   ←─ output ─────── Show    ←──                             │
//! ```

mod console;
mod local;
mod remote;

use std::process::ExitCode;

use anyhow::Result;
use codecanvas_protocol::{JobSpec, Report};

use crate::run::Show;

pub(crate) use console::size;

/// What the person at our standard input does.
pub(super) enum Said {
    /// Typed, or piped to us.
    Input(Vec<u8>),
    /// There is no more.
    End,
    /// Our terminal has another size.
    Resize(codecanvas_protocol::WindowSize),
}

/// Runs a job of this machine's engine and has the person talk to it.
pub(crate) fn here(local: crate::local::Local, spec: JobSpec) -> Result<ExitCode> {
    let show = Show::new(false);
    let report = local::talk(&local, spec, &show);
    end(&show, report)
}

/// The same on a server.
pub(crate) fn on_server(url: &str, spec: JobSpec) -> Result<ExitCode> {
    let show = Show::new(false);
    let report = remote::talk(url, &spec, &show);
    end(&show, report)
}

/// By now our terminal is as it was.
fn end(show: &Show, report: Result<Report>) -> Result<ExitCode> {
    show.end(&report?)
}
