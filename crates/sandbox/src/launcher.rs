//! The client's handle of the launcher: starts it and opens sandboxes with it.

use std::{
    fs::File,
    io,
    os::fd::{AsFd, AsRawFd, OwnedFd},
    os::unix::process::CommandExt,
    path::Path,
    process::{Command as Process, Stdio},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use rustix::fs::{MemfdFlags, memfd_create};

use crate::{
    Error, Sandbox, Setup,
    error::{At, Step},
    message::{Greeting, Welcome},
    sys, wire,
};

pub(crate) mod places;

mod builder;
mod etc;
mod events;
mod keeper;
mod leaving;
mod nursery;
mod prepared;
mod process;
mod process_tree;
mod root;
mod run;
mod sandbox;
mod spares;
mod standby;
mod template;
mod trees;
mod yard;

pub use keeper::{Libraries, enter_if_launcher};
pub(crate) use run::check as check_command;
pub use standby::STANDBYS_MAX;
pub(crate) use template::Resident;
pub use template::serve_as_template;

/// The name that tells the program to be the launcher, see [`crate::enter_if_launcher`].
pub(crate) const LAUNCHER_NAME: &str = "codecanvas-launcher";

/// The launcher process: the only one that keeps privilege, beside its keeper, which starts another one when it dies. Clones share
/// it; it ends with the last of them, and with it every sandbox.
#[derive(Debug, Clone)]
pub struct Launcher(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Where a launcher that was started says so.
    keeper: OwnedFd,
    /// The keeper.
    process: std::process::Child,
    /// The launcher that works now, or did until just now.
    current: Mutex<Current>,
    /// Its process id, for those who must not wait while it is looked for.
    pid: AtomicU32,
    weaker: Vec<String>,
}

/// One launcher, of those that follow each other.
#[derive(Debug)]
struct Current {
    /// `None` when it is gone, or the client hangs up.
    control: Option<Arc<OwnedFd>>,
    pid: u32,
}

/// How long the next launcher may take to be there when one was killed.
const RESTART_PATIENCE: Duration = Duration::from_secs(30);

/// How long a launcher that dies may take from closing one of its sockets to closing another.
const DYING: Duration = Duration::from_secs(5);

impl Launcher {
    /// Starts the launcher from a sealed copy of its program and waits until it is ready.
    ///
    /// Call it while this process still has the privileges that the launcher is to have.
    ///
    /// # Errors
    /// When this host cannot isolate programs; the error names the step and the kernel's reason.
    pub fn start(setup: &Setup) -> Result<Launcher, Error> {
        let program = sealed_program(setup.executable.as_deref()).at(Step::CopyLauncher)?;
        let (keeper, theirs) = wire::pair().at(Step::StartLauncher)?;
        let process = start_process(&program, theirs).at(Step::StartLauncher)?;
        let current = Mutex::new(Current { control: None, pid: process.id() });
        let mut inner = Inner { keeper, process, current, pid: AtomicU32::new(0), weaker: Vec::new() };
        inner.greet(setup)?;
        Ok(Launcher(Arc::new(inner)))
    }

    /// Opens a sandbox. Nothing is built until its first command. If the launcher was killed, waits for the next one.
    ///
    /// # Errors
    /// When there is no launcher, and none follows.
    pub fn sandbox(&self) -> Result<Sandbox, Error> {
        let (socket, pid) = self.0.open()?;
        Ok(Sandbox::new(socket, Link { launcher: Arc::downgrade(&self.0), pid }))
    }

    /// What this host cannot enforce, a sentence each; empty when everything is in force.
    pub fn weaker(&self) -> &[String] {
        &self.0.weaker
    }

    /// The launcher's process id; while one follows another, that of either. Never waits.
    pub fn pid(&self) -> u32 {
        self.0.pid.load(Ordering::Relaxed)
    }
}

/// To which launcher a sandbox belongs.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    launcher: Weak<Inner>,
    pid: u32,
}

impl Link {
    /// Whether the launcher that closed a sandbox is gone; one that lives may have had to let go of that sandbox alone. The kernel
    /// closes what a process had open in any order: its control socket may seem to be there for a moment.
    pub(crate) fn is_gone(&self) -> bool {
        let Some(launcher) = self.launcher.upgrade() else { return true };
        let control = launcher.current().control_of(self.pid);
        let gone = control.is_none_or(|control| sys::hangs_up_within(control.as_fd(), DYING).unwrap_or(true));
        if gone {
            launcher.current().lose(self.pid);
        }
        gone
    }

    /// The launcher's process id.
    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// A socket of the launcher that follows.
    pub(crate) fn open_next(&mut self) -> Result<OwnedFd, Error> {
        let launcher = self.launcher.upgrade().ok_or_else(|| Error::launcher_gone(Step::TalkToLauncher))?;
        let (socket, pid) = launcher.open()?;
        self.pid = pid;
        Ok(socket)
    }
}

impl Inner {
    /// A sandbox's socket, and the launcher that has its other side.
    fn open(&self) -> Result<(OwnedFd, u32), Error> {
        let (ours, theirs) = wire::pair().at(Step::TalkToLauncher)?;
        let mut current = self.current();
        current.hand_over(&theirs, &self.keeper)?;
        self.pid.store(current.pid, Ordering::Relaxed);
        Ok((ours, current.pid))
    }

    fn current(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn greet(&mut self, setup: &Setup) -> Result<(), Error> {
        let greeting = Greeting {
            mounts: setup.mounts.clone(),
            warm: setup.warm.clone(),
            slots: setup.slots.max(1),
            spares: setup.spares,
            tree_bytes: setup.tree_bytes,
        };
        wire::send(self.keeper.as_fd(), &greeting, &[]).at(Step::StartLauncher)?;
        let welcome = wire::receive(self.keeper.as_fd()).at(Step::StartLauncher)?;
        let mut current = self.current();
        let weaker = current.welcome(welcome)?;
        self.pid.store(current.pid, Ordering::Relaxed);
        drop(current);
        self.weaker = weaker;
        Ok(())
    }
}

impl Current {
    /// Gives the launcher one side of a new sandbox's socket. One that is gone is followed by another.
    fn hand_over(&mut self, socket: &OwnedFd, keeper: &OwnedFd) -> Result<(), Error> {
        let deadline = Instant::now() + RESTART_PATIENCE;
        loop {
            if let Some(control) = &self.control {
                match wire::send(control.as_fd(), &(), &[socket.as_fd()]) {
                    Err(error) if is_hang_up(&error) => {}
                    other => return other.at(Step::TalkToLauncher),
                }
            }
            let patience = deadline.saturating_duration_since(Instant::now());
            if !sys::is_readable_within(keeper.as_fd(), patience).at(Step::TalkToLauncher)? {
                return Err(Error::launcher_gone(Step::TalkToLauncher));
            }
            let welcome = wire::receive(keeper.as_fd()).at(Step::TalkToLauncher)?;
            // One that could not start is followed by another, too, as long as its keeper lives.
            let is_last = welcome.is_none();
            match self.welcome(welcome) {
                Err(error) if is_last || patience.is_zero() => return Err(error),
                _ => {}
            }
        }
    }

    /// The control socket of the launcher of this id, if it is trusted still.
    fn control_of(&self, pid: u32) -> Option<Arc<OwnedFd>> {
        self.control.clone().filter(|_| self.pid == pid)
    }

    /// Trusts the launcher of this id no more.
    fn lose(&mut self, pid: u32) {
        if self.pid == pid {
            self.control = None;
        }
    }

    /// Takes up with a launcher that says it is there; gives what this host cannot enforce.
    fn welcome(&mut self, welcome: Option<(Welcome, Vec<OwnedFd>)>) -> Result<Vec<String>, Error> {
        match welcome {
            Some((Welcome::Ready { weaker, pid }, fds)) => {
                let control = fds.into_iter().next();
                let control = control.ok_or_else(|| Error::refused(Step::StartLauncher, "a welcome without its socket"))?;
                *self = Current { control: Some(Arc::new(control)), pid };
                Ok(weaker)
            }
            Some((Welcome::Failed(error), _)) => Err(error),
            None => Err(Error::refused(
                Step::StartLauncher,
                "it ended without a word (does the program call enter_if_launcher() first?)",
            )),
        }
    }
}

/// Whether this is how the launcher's end is met.
pub(crate) fn is_hang_up(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset)
}

impl Drop for Inner {
    /// Hanging up ends the launcher; waiting for its keeper means that no sandbox is left when this returns.
    fn drop(&mut self) {
        // First here, so that the keeper knows why its launcher ends.
        let _ = rustix::net::shutdown(&self.keeper, rustix::net::Shutdown::Both);
        // A launcher that follows one that died may have said that it is there, and nobody has asked since: with its word its socket is
        // let go of, so that it ends as well. Nothing comes after this.
        while wire::receive_now::<Welcome>(self.keeper.as_fd()).is_ok_and(|welcome| welcome.is_some()) {}
        if let Some(control) = self.current().control.take() {
            let _ = rustix::net::shutdown(&control, rustix::net::Shutdown::Both);
        }
        let _ = self.process.wait();
    }
}

/// A sealed copy of the program: what runs with privilege cannot be replaced or written to from a sandbox (CVE-2019-5736).
fn sealed_program(executable: Option<&Path>) -> io::Result<File> {
    let mut source = File::open(executable.unwrap_or(Path::new("/proc/self/exe")))?;
    let mut copy = File::from(memfd_create(LAUNCHER_NAME, MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?);
    io::copy(&mut source, &mut copy)?;
    wire::seal(&copy)?;
    Ok(copy)
}

/// The keeper gets no argument, no environment and one descriptor: the client's socket, as standard input.
fn start_process(program: &File, client: OwnedFd) -> io::Result<std::process::Child> {
    Process::new(format!("/proc/self/fd/{}", program.as_raw_fd()))
        .arg0(LAUNCHER_NAME)
        .env_clear()
        .current_dir("/")
        .stdin(client)
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
}
