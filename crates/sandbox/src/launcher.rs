//! The client's handle of the launcher: starts it and opens sandboxes with it.

use std::{
    fs::File,
    io,
    os::fd::{AsFd, AsRawFd, OwnedFd},
    os::unix::process::CommandExt,
    path::Path,
    process::{Command as Process, Stdio},
    sync::{Arc, Mutex},
};

use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, memfd_create};

use crate::{
    Error, Sandbox, Setup,
    error::{At, Step},
    message::{Greeting, Welcome},
    wire,
};

pub(crate) mod places;

mod builder;
mod etc;
mod events;
mod prepared;
mod process;
mod process_tree;
mod root;
mod run;
mod sandbox;
mod spares;

pub use process::enter_if_launcher;

/// The name that tells the program to be the launcher, see [`crate::enter_if_launcher`].
pub(crate) const LAUNCHER_NAME: &str = "codecanvas-launcher";

/// The launcher process: the only one that keeps privilege. Clones share it; it ends with the last of them, and with it
/// every sandbox.
#[derive(Debug, Clone)]
pub struct Launcher(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    control: Option<OwnedFd>,
    process: Mutex<std::process::Child>,
    weaker: Vec<String>,
}

impl Launcher {
    /// Starts the launcher from a sealed copy of its program and waits until it is ready.
    ///
    /// Call it while this process still has the privileges that the launcher is to have.
    ///
    /// # Errors
    /// When this host cannot isolate programs; the error names the step and the kernel's reason.
    pub fn start(setup: &Setup) -> Result<Launcher, Error> {
        let program = sealed_program(setup.executable.as_deref()).at(Step::CopyLauncher)?;
        let (control, theirs) = wire::pair().at(Step::StartLauncher)?;
        let process = start_process(&program, theirs).at(Step::StartLauncher)?;
        let mut inner = Inner { control: Some(control), process: Mutex::new(process), weaker: Vec::new() };
        inner.weaker = inner.greet(setup)?;
        Ok(Launcher(Arc::new(inner)))
    }

    /// Opens a sandbox. Nothing is built until its first command.
    ///
    /// # Errors
    /// When the launcher is gone.
    pub fn sandbox(&self) -> Result<Sandbox, Error> {
        let (ours, theirs) = wire::pair().at(Step::TalkToLauncher)?;
        wire::send(self.0.control(), &(), &[theirs.as_fd()]).at(Step::TalkToLauncher)?;
        Ok(Sandbox::new(ours))
    }

    /// What this host cannot enforce, a sentence each; empty when everything is in force.
    pub fn weaker(&self) -> &[String] {
        &self.0.weaker
    }

    /// The launcher's process id.
    pub fn pid(&self) -> u32 {
        self.0.process.lock().unwrap_or_else(std::sync::PoisonError::into_inner).id()
    }
}

impl Inner {
    fn control(&self) -> std::os::fd::BorrowedFd<'_> {
        self.control.as_ref().expect("the control socket is only taken by drop").as_fd()
    }

    fn greet(&self, setup: &Setup) -> Result<Vec<String>, Error> {
        let greeting = Greeting { mounts: setup.mounts.clone(), slots: setup.slots.max(1), spares: setup.spares };
        wire::send(self.control(), &greeting, &[]).at(Step::StartLauncher)?;
        match wire::receive(self.control()).at(Step::StartLauncher)? {
            Some((Welcome::Ready { weaker }, _)) => Ok(weaker),
            Some((Welcome::Failed(error), _)) => Err(error),
            None => Err(Error::refused(
                Step::StartLauncher,
                "it ended without a word (does the program call enter_if_launcher() first?)",
            )),
        }
    }
}

impl Drop for Inner {
    /// Hanging up ends the launcher; waiting for it means that no sandbox is left when this returns.
    fn drop(&mut self) {
        drop(self.control.take());
        let process = self.process.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
        let _ = process.wait();
    }
}

/// A sealed copy of the program: what runs with privilege cannot be replaced or written to from a sandbox (CVE-2019-5736).
fn sealed_program(executable: Option<&Path>) -> io::Result<File> {
    let mut source = File::open(executable.unwrap_or(Path::new("/proc/self/exe")))?;
    let mut copy = File::from(memfd_create(LAUNCHER_NAME, MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?);
    io::copy(&mut source, &mut copy)?;
    fcntl_add_seals(&copy, SealFlags::SEAL | SealFlags::SHRINK | SealFlags::GROW | SealFlags::WRITE)?;
    Ok(copy)
}

/// The launcher gets no argument, no environment and one descriptor: its control socket, as standard input.
fn start_process(program: &File, control: OwnedFd) -> io::Result<std::process::Child> {
    Process::new(format!("/proc/self/fd/{}", program.as_raw_fd()))
        .arg0(LAUNCHER_NAME)
        .env_clear()
        .current_dir("/")
        .stdin(control)
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
}
