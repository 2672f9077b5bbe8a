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
    process::{Pid, chdir},
};
use serde::{Deserialize, Serialize};

use super::{
    prepared::{KILL_PATIENCE, Prepared, SETUP_PATIENCE},
    template::{Calling, Resident},
};
use crate::{
    Warm,
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

/// What a builder knows of its launcher and host.
pub(super) struct Premises<'a> {
    pub(super) rootless: bool,
    pub(super) proc_masks: &'a [(String, bool)],
    /// The launcher's process.
    pub(super) myself: &'a OwnedFd,
    /// The host's /proc.
    pub(super) proc: &'a OwnedFd,
    /// What a template has in its memory.
    pub(super) resident: Option<&'a Resident>,
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

    /// Has one started that has an interpreter in its memory. It takes wishes when it has said that it is ready.
    /// `at_leisure` it takes longer, and leaves the processor to programs.
    pub(super) fn start_template(prepared: &Prepared, root: &Path, warm: &Warm, at_leisure: bool) -> Result<Builder, Error> {
        let step = Step::StartTemplate;
        let nursery = prepared.nursery.as_ref().ok_or_else(|| Error::refused(step, "there is nothing to start it"))?;
        let (socket, theirs) = wire::pair().at(step)?;
        let (pid, pidfd) = nursery.start_template(root, &warm.argv, &warm.env, &theirs)?;
        let builder = Builder { socket, pid, pidfd };
        let calling = Calling {
            interpreter: warm.interpreter,
            argv: warm.argv.clone(),
            at_leisure,
            rootless: prepared.rootless,
            proc_masks: prepared.root.proc_masks.clone(),
        };
        let proc = open_proc().at(step)?;
        wire::send_now(builder.socket.as_fd(), &calling, &[prepared.myself.as_fd(), proc.as_fd()]).at(step)?;
        Ok(builder)
    }

    /// Whether a template is ready; `None` when it has not said so yet.
    pub(super) fn is_ready(&self) -> Option<Result<(), Error>> {
        match wire::receive_now::<Result<(), Error>>(self.socket.as_fd()) {
            Ok(Some((ready, _))) => Some(ready),
            Ok(None) => Some(Err(Error::refused(Step::StartTemplate, "it ended before it was ready"))),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => None,
            Err(error) => Some(Err(error).at(Step::StartTemplate)),
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
    match enter(prepared.rootless, root, prepared.myself.as_fd(), &[launcher.as_fd()]) {
        Ok(proc) => {
            let Prepared { rootless, myself, .. } = prepared;
            let proc_masks = &prepared.root.proc_masks;
            serve(launcher, &Premises { rootless: *rootless, proc_masks, myself, proc: &proc, resident: None })
        }
        Err(error) => answer_all(launcher, |_| Err(error.clone())),
    }
}

/// Builds whatever is asked for, as long as there is a launcher.
pub(super) fn serve(launcher: &OwnedFd, premises: &Premises<'_>) -> Result<(), Error> {
    answer_all(launcher, |fds| build(premises, fds))
}

fn answer_all(launcher: &OwnedFd, build: impl Fn(Vec<OwnedFd>) -> Result<OwnedFd, Error>) -> Result<(), Error> {
    loop {
        let built = match wire::receive::<()>(launcher.as_fd()) {
            Ok(Some(((), fds))) => build(fds),
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

fn open_proc() -> rustix::io::Result<OwnedFd> {
    rustix::fs::open("/proc", OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())
}

/// Moves into the root and leaves all else behind; gives the host's /proc.
pub(super) fn enter(rootless: bool, root: &Path, myself: BorrowedFd<'_>, keep: &[BorrowedFd<'_>]) -> Result<OwnedFd, Error> {
    let step = Step::StartBuilder;
    let kept: Vec<BorrowedFd<'_>> = keep.iter().copied().chain([myself]).collect();
    sys::close_all_but(&kept).at(step)?;
    sys::die_with(myself).at(step)?;
    rustix::thread::set_name(c"builder").at(step)?;
    let proc = open_proc().at(step)?;
    sys::unshare(libc::CLONE_NEWNS).at(step)?;
    if rootless {
        // In a user namespace the kernel mounts a /proc only where it sees one (mount_too_revealing in fs/namespace.c).
        let copy = mount::copy_read_only(Path::new("/proc")).at(step)?;
        mount::attach(copy.as_fd(), &root.join("proc")).at(step)?;
    }
    chdir(root).at(step)?;
    mount::pivot_here().at(step)?;
    Ok(proc)
}

fn build(premises: &Premises<'_>, fds: Vec<OwnedFd>) -> Result<OwnedFd, Error> {
    let mut fds = fds.into_iter();
    let (Some(ledger), Some(orders)) = (fds.next(), fds.next()) else {
        return Err(Error::refused(Step::Fork, "a wish without its descriptors"));
    };
    let ledger = Ledger::shared_by(ledger).at(Step::Fork)?;
    let entrances: Vec<File> = fds.map(File::from).collect();
    let user = if premises.rootless { libc::CLONE_NEWUSER } else { 0 };
    match sys::fork(NAMESPACES | user | libc::CLONE_PARENT).at(Step::Fork)? {
        // Init first closes all that it is not given.
        sys::Forked::Child => init::live(&Seed {
            proc_masks: premises.proc_masks,
            rootless: premises.rootless,
            ledger: &ledger,
            launcher: premises.myself.as_fd(),
            proc: premises.proc.as_fd(),
            orders,
            entrances: &entrances,
            resident: premises.resident,
        }),
        sys::Forked::Parent(pid, pidfd) => {
            ledger.build(pid);
            Ok(pidfd)
        }
    }
}
