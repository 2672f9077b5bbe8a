//! The launcher process: started once, single-threaded, holds the privilege and no secret.
//!
//! It takes what it needs of the host, leaves the host's file system behind, says that it is ready, and then serves its
//! sockets until the client hangs up.

use std::os::fd::{AsFd, OwnedFd};

use rustix::{
    fs::{Mode, OFlags},
    io::{FdFlags, fcntl_dupfd_cloexec, fcntl_setfd},
};

use super::{LAUNCHER_NAME, events::Events, prepared::Prepared};
use crate::{
    error::{At, Error, Step},
    message::{Greeting, Welcome},
    sys, wire,
};

/// Becomes the launcher if this process was started as one; else returns at once. Call it first in `main`, before any thread
/// exists.
pub fn enter_if_launcher() {
    if std::env::args_os().next().is_some_and(|name| name == LAUNCHER_NAME) {
        match serve() {
            Ok(()) => std::process::exit(0),
            Err(error) => {
                eprintln!("codecanvas launcher: {error}");
                std::process::exit(1)
            }
        }
    }
}

fn serve() -> Result<(), Error> {
    let control = take_control_socket().at(Step::StartLauncher)?;
    let Some((greeting, _)) = wire::receive::<Greeting>(control.as_fd()).at(Step::StartLauncher)? else { return Ok(()) };
    // Out of the terminal's process group: Ctrl-C is the client's to handle.
    rustix::process::setsid().at(Step::StartLauncher)?;
    sys::reset_signals().at(Step::StartLauncher)?;
    rustix::thread::set_name(c"launcher").at(Step::StartLauncher)?;
    let prepared = match Prepared::new(&greeting) {
        Ok(prepared) => prepared,
        Err(error) => return wire::send(control.as_fd(), &Welcome::Failed(error), &[]).at(Step::StartLauncher),
    };
    wire::send(control.as_fd(), &Welcome::Ready { weaker: prepared.weaker() }, &[]).at(Step::StartLauncher)?;
    Events::new(control, prepared, greeting.spares)?.run()
}

/// The control socket comes as standard input; a sandbox's init must not have it there.
fn take_control_socket() -> std::io::Result<OwnedFd> {
    let inherited = sys::inherited(0);
    let control = fcntl_dupfd_cloexec(&inherited, 3)?;
    std::mem::forget(inherited);
    let null = rustix::fs::open("/dev/null", OFlags::RDWR | OFlags::CLOEXEC, Mode::empty())?;
    rustix::stdio::dup2_stdin(&null)?;
    rustix::stdio::dup2_stdout(&null)?;
    fcntl_setfd(&control, FdFlags::CLOEXEC)?;
    Ok(control)
}
