//! The launcher process: forked by its keeper, single-threaded, holds the privilege and no secret.
//!
//! It takes what it needs of the host, leaves the host's file system behind, says that it is ready, and then serves its
//! sockets until the client hangs up.

use std::os::fd::{AsFd, OwnedFd};

use rustix::fs::fstat;

use super::{
    events::Events,
    keeper::{Libraries, complain},
    prepared::Prepared,
};
use crate::{
    error::{At, Error, Step},
    message::{Greeting, Welcome},
    sys, wire,
};

/// The launcher's whole life; its exit code is 0 when the client has hung up.
pub(super) fn live(client: &OwnedFd, greeting: &Greeting, libraries: Libraries) -> i32 {
    match serve(client, greeting, libraries) {
        Ok(()) => 0,
        Err(error) => {
            complain(&error);
            1
        }
    }
}

fn serve(client: &OwnedFd, greeting: &Greeting, libraries: Libraries) -> Result<(), Error> {
    rustix::thread::set_name(c"launcher").at(Step::StartLauncher)?;
    let prepared = match Prepared::new(greeting, libraries) {
        Ok(prepared) => prepared,
        Err(error) => {
            // The client says what is amiss.
            wire::send(client.as_fd(), &Welcome::Failed(error), &[]).at(Step::StartLauncher)?;
            sys::exit(1);
        }
    };
    let (theirs, control) = wire::pair().at(Step::StartLauncher)?;
    let welcome = Welcome::Ready { weaker: prepared.weaker(), pid: std::process::id() };
    wire::send(client.as_fd(), &welcome, &[theirs.as_fd()]).at(Step::StartLauncher)?;
    let client = fstat(&theirs).map(|stat| (stat.st_dev, stat.st_ino)).at(Step::StartLauncher)?;
    drop(theirs);
    Events::new(control, client, prepared, (greeting.spares, greeting.tree_bytes))?.run()
}
