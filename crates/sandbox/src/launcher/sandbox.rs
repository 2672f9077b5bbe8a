//! One sandbox as the launcher keeps it: its client's socket, its place, a working directory that may outlive a program.

use std::{
    os::fd::{AsFd, OwnedFd},
    path::{Path, PathBuf},
};

use codecanvas_protocol::Limits;

use super::run::Run;
use crate::{
    error::{At, Error, Step},
    init::work_tmpfs,
    message::KillCause,
    mount,
};

/// An open sandbox.
pub(super) struct Sandbox {
    pub(super) socket: OwnedFd,
    /// Its index among the launcher's places, from its first program on.
    pub(super) place: Option<usize>,
    pub(super) run: Option<Run>,
    /// How many programs were started here.
    pub(super) runs: u32,
    /// Whether the client has let go of it.
    pub(super) closing: bool,
    work: Option<PathBuf>,
    /// Whether the last program was to leave its working directory, and succeeded.
    pub(super) has_succeeded: bool,
}

impl Sandbox {
    pub(super) fn new(socket: OwnedFd) -> Sandbox {
        Sandbox { socket, place: None, run: None, runs: 0, closing: false, work: None, has_succeeded: false }
    }

    /// Ends the program that the client means, if it still runs.
    pub(super) fn kill(&mut self, number: u32, cause: KillCause) {
        if let Some(run) = self.run.as_mut().filter(|_| number == self.runs) {
            run.kill(cause);
        }
    }

    /// Sends a live program that the client means a signal.
    pub(super) fn signal(&mut self, number: u32, signal: i32) {
        if let Some(run) = self.run.as_mut().filter(|_| number == self.runs) {
            run.signal(signal);
        }
    }

    /// Whether an earlier program has left its working directory.
    pub(super) fn has_work(&self) -> bool {
        self.work.is_some()
    }

    /// The working directory that the next program finds, made now if this or an earlier program wants it kept.
    pub(super) fn work(&mut self, place: usize, keep: bool, limits: &Limits, uid: u32) -> Result<Option<PathBuf>, Error> {
        match &self.work {
            Some(path) => fit_work(path, limits).at(Step::MakeWorkspace)?,
            None if keep => {
                let path = PathBuf::from(format!("/work/{place}"));
                make_work(&path, limits, uid).at(Step::MakeWorkspace)?;
                self.work = Some(path);
            }
            None => {}
        }
        Ok(self.work.clone())
    }

    /// What the last program left, if it is fit to be kept for others.
    pub(super) fn result(&self) -> Option<&Path> {
        self.work.as_deref().filter(|_| self.has_succeeded)
    }

    /// Its working directory is another's now.
    pub(super) fn give_away(&mut self) {
        (self.work, self.has_succeeded) = (None, false);
    }

    /// Takes down what is kept, for its working directory goes by the place's name, and gives up the place. The file system goes with its
    /// last mount, nothing is deleted file by file.
    pub(super) fn give_up_place(&mut self) -> Option<usize> {
        if let Some(path) = self.work.take() {
            let _ = mount::detach(&path);
        }
        self.has_succeeded = false;
        self.place.take()
    }
}

/// Gives what an earlier program left the size that this one may have; if more is in use already, not a byte can be added.
fn fit_work(path: &Path, limits: &Limits) -> rustix::io::Result<()> {
    let stat = rustix::fs::statfs(path)?;
    let used = (stat.f_blocks - stat.f_bfree) * stat.f_bsize as u64;
    let mut tmpfs = work_tmpfs(limits, 0);
    tmpfs.bytes = tmpfs.bytes.max(used);
    tmpfs.inodes = tmpfs.inodes.max(stat.f_files - stat.f_ffree);
    tmpfs.resize(path)
}

fn make_work(path: &Path, limits: &Limits, uid: u32) -> std::io::Result<()> {
    std::fs::create_dir_all(path)?;
    let tmpfs = work_tmpfs(limits, uid).make()?;
    mount::attach(tmpfs.as_fd(), path)?;
    Ok(())
}
