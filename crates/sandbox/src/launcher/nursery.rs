//! Starts templates. The launcher cannot: what it executes has no capability any more, and its memory has seen programs. So a process
//! is forked from it before either is so, which does nothing else.
//!
//! ```text
//! launcher ── wish, socket ──→ nursery ── fork, into the root ─→ execute ─→ template (see template.rs)
//!          ←── pid + pidfd ───            (as the launcher's child)
//! ```

use std::{
    ffi::CString,
    fs::File,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    path::{Path, PathBuf},
};

use rustix::process::Pid;
use serde::{Deserialize, Serialize};

use super::{builder, prepared::SETUP_PATIENCE, template::TEMPLATE_NAME};
use crate::{
    error::{At, Error, Step},
    sys, wire,
};

/// Where a template is to live and what its environment is to be; its socket comes with this.
#[derive(Debug, Serialize, Deserialize)]
struct Wish {
    root: PathBuf,
    env: Vec<(String, String)>,
}

/// The launcher's handle of it. It ends with the launcher.
pub(super) struct Nursery {
    socket: OwnedFd,
}

impl Nursery {
    /// Forks it. `program` is the sealed copy of this program.
    pub(super) fn start(rootless: bool, myself: BorrowedFd<'_>, program: &File) -> Result<Nursery, Error> {
        let (socket, theirs) = wire::pair().at(Step::StartTemplate)?;
        match sys::fork(0).at(Step::StartTemplate)? {
            sys::Forked::Child => {
                drop(socket);
                sys::exit(if work(rootless, myself, program, &theirs).is_ok() { 0 } else { 1 })
            }
            sys::Forked::Parent(..) => Ok(Nursery { socket }),
        }
    }

    /// Has a template started in a root; gives its process, which is a child of the launcher's.
    pub(super) fn start_template(
        &self,
        root: &Path,
        env: &[(String, String)],
        socket: &OwnedFd,
    ) -> Result<(Pid, OwnedFd), Error> {
        let step = Step::StartTemplate;
        wire::send_now(self.socket.as_fd(), &Wish { root: root.to_owned(), env: env.to_owned() }, &[socket.as_fd()])
            .at(step)?;
        if !sys::is_readable_within(self.socket.as_fd(), SETUP_PATIENCE).at(step)? {
            return Err(Error::refused(step, "the nursery does not answer"));
        }
        match wire::receive::<Result<i32, Error>>(self.socket.as_fd()).at(step)? {
            Some((Ok(pid), fds)) => match (Pid::from_raw(pid), fds.into_iter().next()) {
                (Some(pid), Some(pidfd)) => Ok((pid, pidfd)),
                _ => Err(Error::refused(step, "an answer without its process")),
            },
            Some((Err(error), _)) => Err(error),
            None => Err(Error::refused(step, "the nursery is gone")),
        }
    }
}

fn work(rootless: bool, myself: BorrowedFd<'_>, program: &File, launcher: &OwnedFd) -> Result<(), Error> {
    let step = Step::StartTemplate;
    sys::close_all_but(&[launcher.as_fd(), myself, program.as_fd()]).at(step)?;
    sys::die_with(myself).at(step)?;
    rustix::thread::set_name(c"nursery").at(step)?;
    while let Some((wish, fds)) = wire::receive::<Wish>(launcher.as_fd()).at(step)? {
        let started = match fds.into_iter().next() {
            Some(socket) => start(rootless, myself, program, &wish, &socket),
            None => Err(Error::refused(step, "a wish without its socket")),
        };
        let (answer, pidfd) = match started {
            Ok((pid, pidfd)) => (Ok(pid.as_raw_nonzero().get()), Some(pidfd)),
            Err(error) => (Err(error), None),
        };
        wire::send(launcher.as_fd(), &answer, &pidfd.iter().map(AsFd::as_fd).collect::<Vec<_>>()).at(step)?;
    }
    Ok(())
}

fn start(
    rootless: bool,
    myself: BorrowedFd<'_>,
    program: &File,
    wish: &Wish,
    socket: &OwnedFd,
) -> Result<(Pid, OwnedFd), Error> {
    match sys::fork(libc::CLONE_PARENT).at(Step::StartTemplate)? {
        sys::Forked::Child => {
            // A template that cannot be started hangs up its socket.
            let _ = become_template(rootless, myself, program, wish, socket);
            sys::exit(1)
        }
        sys::Forked::Parent(pid, pidfd) => Ok((pid, pidfd)),
    }
}

/// What a main thread's stack may be at most: the kernel leaves that much room for it when a program is executed.
const STACK_MOST: u64 = 1 << 30;

fn become_template(rootless: bool, myself: BorrowedFd<'_>, program: &File, wish: &Wish, socket: &OwnedFd) -> Result<(), Error> {
    let step = Step::StartTemplate;
    builder::enter(rootless, &wish.root, myself, &[socket.as_fd(), program.as_fd()])?;
    rustix::stdio::dup2_stdin(socket).at(step)?;
    let most = sys::hard_rlimit(libc::RLIMIT_STACK);
    sys::set_rlimit(libc::RLIMIT_STACK, STACK_MOST.min(most), most).at(step)?;
    // Without root's id, an execve leaves only these.
    sys::raise_ambient_capabilities().at(step)?;
    let variable = |(name, value): &(String, String)| CString::new(format!("{name}={value}"));
    let env = wish
        .env
        .iter()
        .map(variable)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| Error::refused(step, "a NUL in a variable"))?;
    Err(Error::of(step, sys::execute_file(program.as_fd(), &[TEMPLATE_NAME.into()], &env).into(), ""))
}
