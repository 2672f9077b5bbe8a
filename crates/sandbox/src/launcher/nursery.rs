//! Starts templates. The launcher cannot: what it executes has no capability any more, and its memory has seen programs. So a process
//! is forked from it before either is so, which does nothing else.
//!
//! ```text
//! launcher ── wish, socket ──→ nursery ── fork, into the root ─→ execute the interpreter ─→ template (see template.rs)
//!          ←── pid + pidfd ───            (as the launcher's child)
//! ```

use std::{
    fs::File,
    io::Write,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    path::{Path, PathBuf},
};

use rustix::process::Pid;
use serde::{Deserialize, Serialize};

use super::{builder, places::FIRST_ID, prepared::SETUP_PATIENCE, template};
use crate::{
    error::{At, Error, Step},
    mount::{self, Tmpfs},
    sys,
    sys::words::Words,
    wire,
};

/// Where a template is to live and what it executes; its socket comes with this.
#[derive(Debug, Serialize, Deserialize)]
struct Wish {
    root: PathBuf,
    argv: Vec<String>,
    env: Vec<(String, String)>,
}

/// The launcher's handle of it. It ends with the launcher.
pub(super) struct Nursery {
    socket: OwnedFd,
}

impl Nursery {
    /// Forks it. `library` is what interpreters are preloaded with.
    pub(super) fn start(rootless: bool, myself: BorrowedFd<'_>, library: &'static [u8]) -> Result<Nursery, Error> {
        let (socket, theirs) = wire::pair().at(Step::StartTemplate)?;
        match sys::fork(0).at(Step::StartTemplate)? {
            sys::Forked::Child => {
                drop(socket);
                let house = House { rootless, myself, library };
                sys::exit(if work(&house, &theirs).is_ok() { 0 } else { 1 })
            }
            sys::Forked::Parent(..) => Ok(Nursery { socket }),
        }
    }

    /// Has a template started in a root; gives its process, which is a child of the launcher's.
    pub(super) fn start_template(
        &self,
        root: &Path,
        argv: &[String],
        env: &[(String, String)],
        socket: &OwnedFd,
    ) -> Result<(Pid, OwnedFd), Error> {
        let step = Step::StartTemplate;
        let wish = Wish { root: root.to_owned(), argv: argv.to_owned(), env: env.to_owned() };
        wire::send_now(self.socket.as_fd(), &wish, &[socket.as_fd()]).at(step)?;
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

/// What is the same for all templates.
struct House<'a> {
    rootless: bool,
    /// The launcher's process.
    myself: BorrowedFd<'a>,
    library: &'static [u8],
}

fn work(house: &House<'_>, launcher: &OwnedFd) -> Result<(), Error> {
    let step = Step::StartTemplate;
    sys::close_all_but(&[launcher.as_fd(), house.myself]).at(step)?;
    sys::die_with(house.myself).at(step)?;
    rustix::thread::set_name(c"nursery").at(step)?;
    while let Some((wish, fds)) = wire::receive::<Wish>(launcher.as_fd()).at(step)? {
        let started = match fds.into_iter().next() {
            Some(socket) => start(house, &wish, &socket),
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

fn start(house: &House<'_>, wish: &Wish, socket: &OwnedFd) -> Result<(Pid, OwnedFd), Error> {
    match sys::fork(libc::CLONE_PARENT).at(Step::StartTemplate)? {
        sys::Forked::Child => {
            // A template that cannot be started hangs up its socket.
            let _ = become_template(house, wish, socket);
            sys::exit(1)
        }
        sys::Forked::Parent(pid, pidfd) => Ok((pid, pidfd)),
    }
}

/// What a main thread's stack may be at most: the kernel leaves that much room for it when a program is executed.
const STACK_MOST: u64 = 1 << 30;

fn become_template(house: &House<'_>, wish: &Wish, socket: &OwnedFd) -> Result<(), Error> {
    let step = Step::StartTemplate;
    builder::enter(house.rootless, &wish.root, house.myself, &[socket.as_fd()])?;
    show_library(house).at(step)?;
    rustix::stdio::dup2_stdin(socket).at(step)?;
    let most = sys::hard_rlimit(libc::RLIMIT_STACK);
    sys::set_rlimit(libc::RLIMIT_STACK, STACK_MOST.min(most), most).at(step)?;
    // Without root's id, an execve leaves only these.
    sys::raise_ambient_capabilities().at(step)?;
    let preloaded = (template::PRELOAD.to_owned(), template::LIBRARY.to_owned());
    let words = Words::new(&wish.argv, wish.env.iter().chain([&preloaded]));
    let Words { argv, env } = words.map_err(|_| Error::refused(step, "a NUL in a word"))?;
    let program = argv.first().ok_or_else(|| Error::refused(step, "no program is named"))?;
    Err(Error::of(step, sys::execute(program, &argv, &env).into(), ""))
}

/// Puts the library where the interpreter's program finds it: on a file system of its own, over what is an empty folder of the root.
fn show_library(house: &House<'_>) -> std::io::Result<()> {
    use rustix::fs::{Mode, OFlags, openat};
    let owner = if house.rootless { FIRST_ID } else { 0 };
    let tree = Tmpfs { bytes: house.library.len() as u64 + (1 << 16), inodes: 3, mode: "755", owner }.make()?;
    let (flags, mode) = (OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC, Mode::from_raw_mode(0o444));
    let (folder, name) = template::LIBRARY.rsplit_once('/').expect("it is a path");
    File::from(openat(&tree, name, flags, mode)?).write_all(house.library)?;
    mount::set_flags(tree.as_fd(), mount::READ_ONLY, false)?;
    Ok(mount::attach(tree.as_fd(), Path::new(folder))?)
}
