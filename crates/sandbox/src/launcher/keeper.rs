//! The keeper: starts the launcher, and another one when it dies. It has the launcher's privilege, since nobody else could start one
//! once the server has given root away; it reads one message in its life, at its start, and makes no sandbox.
//!
//! ```text
//! client ── Greeting ──→ keeper ── fork ──→ launcher
//!        ←─ Welcome + control socket ────────── │      for each launcher that is started
//! ```

use std::{
    fmt,
    io::{self, Write},
    os::fd::{AsFd, OwnedFd},
    time::{Duration, Instant},
};

use rustix::{
    fs::{Mode, OFlags},
    io::fcntl_dupfd_cloexec,
};

use super::{LAUNCHER_NAME, process};
use crate::{
    error::{At, Error, Step},
    message::{Greeting, Welcome},
    sys, wire,
};

/// What is loaded into interpreters that are to be kept ready; without it none is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Libraries {
    /// Preloaded into those that can be forked: the package `codecanvas-template`.
    pub template: &'static [u8],
    /// Loaded by those that are started ahead: the package `codecanvas-gate`.
    pub gate: &'static [u8],
}

/// One that dies sooner than this is not started again at once.
const HEALTHY: Duration = Duration::from_secs(1);

/// Becomes the launcher, with its keeper, if this process was started as one; else returns at once. Call it first in `main`, before
/// any thread exists.
pub fn enter_if_launcher(libraries: Libraries) {
    if std::env::args_os().next().is_none_or(|name| name != LAUNCHER_NAME) {
        return;
    }
    let ended = keep(libraries);
    if let Err(error) = &ended {
        complain(error);
    }
    std::process::exit(i32::from(ended.is_err()))
}

fn keep(libraries: Libraries) -> Result<(), Error> {
    let client = take_client().at(Step::StartLauncher)?;
    let Some((greeting, _)) = wire::receive::<Greeting>(client.as_fd()).at(Step::StartLauncher)? else { return Ok(()) };
    // Out of the terminal's process group: Ctrl-C is the client's to handle.
    rustix::process::setsid().at(Step::StartLauncher)?;
    sys::reset_signals().at(Step::StartLauncher)?;
    sys::ordinary_personality().at(Step::StartLauncher)?;
    rustix::thread::set_name(c"keeper").at(Step::StartLauncher)?;
    // What a launcher that was killed leaves behind is dying; somebody has to wait for it.
    rustix::process::set_child_subreaper(rustix::process::Pid::from_raw(1)).at(Step::StartLauncher)?;
    loop {
        let started = Instant::now();
        let pid = match sys::fork(0).at(Step::StartLauncher) {
            Ok(sys::Forked::Child) => sys::exit(process::live(&client, &greeting, libraries)),
            Ok(sys::Forked::Parent(pid, _)) => pid,
            // The host may be short of processes, memory or descriptors for a while: what waits for a launcher is told, and it is
            // tried again until the client hangs up.
            Err(error) => {
                complain(&error);
                let _ = wire::send_now(client.as_fd(), &Welcome::Failed(error), &[]);
                // What the last one left may be all that is in the way.
                sys::bury_the_dead();
                if sys::is_readable_within(client.as_fd(), HEALTHY).at(Step::StartLauncher)? {
                    return Ok(());
                }
                continue;
            }
        };
        let status = loop {
            match sys::wait(None).at(Step::StartLauncher)? {
                Some((ended, how)) if ended == pid => break how.status,
                _ => {}
            }
        };
        // It ends in peace when the client has hung up, here first. The client says nothing more, so there is only its end to be read.
        let rest = HEALTHY.saturating_sub(started.elapsed());
        if sys::is_readable_within(client.as_fd(), rest).at(Step::StartLauncher)? {
            return Ok(());
        }
        complain(format_args!("it was killed, or failed (wait status {status:#x}); another one is started"));
    }
}

/// Says a line on stderr, which may lead to a disk that is full, or to nobody.
pub(super) fn complain(what: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "codecanvas launcher: {what}");
}

/// The client's socket comes as standard input; no process of ours must have it there.
pub(super) fn take_client() -> io::Result<OwnedFd> {
    let inherited = sys::inherited(0);
    let client = fcntl_dupfd_cloexec(&inherited, 3)?;
    std::mem::forget(inherited);
    let null = rustix::fs::open("/dev/null", OFlags::RDWR | OFlags::CLOEXEC, Mode::empty())?;
    rustix::stdio::dup2_stdin(&null)?;
    rustix::stdio::dup2_stdout(&null)?;
    Ok(client)
}
