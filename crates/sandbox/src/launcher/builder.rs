//! Forks sandboxes: a process for each root, which it lives in, so that a fork copies the mounts of that root and no others, and the
//! launcher's own loop never waits for the kernel to make namespaces. What it forks are the launcher's children (CLONE_PARENT).
//!
//! ```text
//! launcher ── wish + ledger, orders, entrances ──→ builder ── fork ──→ init
//!          ←─────────────── Built + pidfd ────────
//! ```

use std::{
    fs::File,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    path::Path,
};

use rustix::{
    fs::{Mode, OFlags},
    process::{Pid, Signal, chdir, set_parent_process_death_signal},
};
use serde::{Deserialize, Serialize};

use super::prepared::{KILL_PATIENCE, Prepared, SETUP_PATIENCE};
use crate::{
    error::{At, Error, Step},
    init::{self, NAMESPACES, Seed},
    ledger::Ledger,
    mount, sys, wire,
};

/// What became of a wish; its descriptor is that of the process.
#[derive(Debug, Serialize, Deserialize)]
enum Answer {
    /// Its id is in the ledger.
    Built,
    Failed(Error),
}

/// The launcher's handle of one. It ends when this is dropped, or with the launcher.
pub(super) struct Builder {
    socket: OwnedFd,
    pid: Pid,
    pidfd: OwnedFd,
}

impl Builder {
    /// Forks it.
    pub(super) fn start(prepared: &Prepared, root: &Path) -> Result<Builder, Error> {
        let (socket, theirs) = wire::pair().at(Step::StartBuilder)?;
        match sys::fork(0).at(Step::StartBuilder)? {
            sys::Forked::Child => sys::exit(if work(prepared, root, &theirs).is_ok() { 0 } else { 1 }),
            sys::Forked::Parent(pid, pidfd) => Ok(Builder { socket, pid, pidfd }),
        }
    }

    /// Where its answers come.
    pub(super) fn answers(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }

    /// Asks for a sandbox with these as init's own.
    pub(super) fn ask(&self, ledger: &Ledger, orders: &OwnedFd, entrances: &[File]) -> Result<(), Error> {
        let mut fds = vec![ledger.as_fd(), orders.as_fd()];
        fds.extend(entrances.iter().map(AsFd::as_fd));
        wire::send_now(self.socket.as_fd(), &(), &fds).at(Step::Fork)
    }

    /// What became of the oldest wish that has no answer yet; waits for it.
    pub(super) fn answer(&self) -> Result<OwnedFd, Error> {
        let gone = || Error::refused(Step::Fork, "the builder is gone");
        if !sys::is_readable_within(self.socket.as_fd(), SETUP_PATIENCE).at(Step::Fork)? {
            return Err(Error::refused(Step::Fork, "the builder does not answer"));
        }
        match wire::receive(self.socket.as_fd()).at(Step::Fork)? {
            Some((Answer::Built, fds)) => {
                fds.into_iter().next().ok_or_else(|| Error::refused(Step::Fork, "an answer without its descriptor"))
            }
            Some((Answer::Failed(error), _)) => Err(error),
            None => Err(gone()),
        }
    }
}

impl Drop for Builder {
    fn drop(&mut self) {
        let _ = rustix::net::shutdown(&self.socket, rustix::net::Shutdown::Both);
        if sys::is_readable_within(self.pidfd.as_fd(), KILL_PATIENCE).unwrap_or(true) {
            let _ = sys::wait(Some(self.pid));
        }
    }
}

/// The builder's whole life.
fn work(prepared: &Prepared, root: &Path, launcher: &OwnedFd) -> Result<(), Error> {
    let entered = enter(prepared, root, launcher);
    loop {
        let built = match wire::receive::<()>(launcher.as_fd()) {
            Ok(Some(((), fds))) => entered.as_ref().map_err(Clone::clone).and_then(|proc| build(prepared, proc, fds)),
            Ok(None) => return Ok(()),
            Err(error) if wire::is_short(&error) => Err(error).at(Step::Fork),
            Err(error) => return Err(error).at(Step::Fork),
        };
        let (answer, pidfd) = match built {
            Ok(pidfd) => (Answer::Built, Some(pidfd)),
            Err(error) => (Answer::Failed(error), None),
        };
        wire::send(launcher.as_fd(), &answer, &pidfd.iter().map(AsFd::as_fd).collect::<Vec<_>>()).at(Step::Fork)?;
    }
}

/// Moves into the root and leaves all else behind; gives the host's /proc.
fn enter(prepared: &Prepared, root: &Path, launcher: &OwnedFd) -> Result<OwnedFd, Error> {
    let step = Step::StartBuilder;
    sys::close_all_but(&[launcher.as_fd(), prepared.myself.as_fd()]).at(step)?;
    set_parent_process_death_signal(Some(Signal::KILL)).at(step)?;
    if sys::is_readable(prepared.myself.as_fd()).at(step)? {
        sys::exit(1);
    }
    rustix::thread::set_name(c"builder").at(step)?;
    let proc = rustix::fs::open("/proc", OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty()).at(step)?;
    sys::unshare(libc::CLONE_NEWNS).at(step)?;
    if prepared.rootless {
        // In a user namespace the kernel mounts a /proc only where it sees one (mount_too_revealing in fs/namespace.c).
        let copy = mount::copy_read_only(Path::new("/proc")).at(step)?;
        mount::attach(copy.as_fd(), &root.join("proc")).at(step)?;
    }
    chdir(root).at(step)?;
    mount::pivot_here().at(step)?;
    Ok(proc)
}

fn build(prepared: &Prepared, proc: &OwnedFd, fds: Vec<OwnedFd>) -> Result<OwnedFd, Error> {
    let mut fds = fds.into_iter();
    let (Some(ledger), Some(orders)) = (fds.next(), fds.next()) else {
        return Err(Error::refused(Step::Fork, "a wish without its descriptors"));
    };
    let ledger = Ledger::shared_by(ledger).at(Step::Fork)?;
    let entrances: Vec<File> = fds.map(File::from).collect();
    let user = if prepared.rootless { libc::CLONE_NEWUSER } else { 0 };
    match sys::fork(NAMESPACES | user | libc::CLONE_PARENT).at(Step::Fork)? {
        // Init first closes all that it is not given.
        sys::Forked::Child => init::live(&Seed {
            proc_masks: &prepared.root.proc_masks,
            rootless: prepared.rootless,
            ledger: &ledger,
            launcher: prepared.myself.as_fd(),
            proc: proc.as_fd(),
            orders,
            entrances: &entrances,
        }),
        sys::Forked::Parent(pid, pidfd) => {
            ledger.build(pid);
            Ok(pidfd)
        }
    }
}
