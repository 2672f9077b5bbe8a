//! Our own failures: which step of setting up a sandbox failed, and why. How a *program* fails is an `Outcome`, never an error.

use std::{fmt, io};

use serde::{Deserialize, Serialize};
use thiserror::Error;

macro_rules! steps {
    ($($name:ident => $text:literal),* $(,)?) => {
        /// A step on the way from a command to a running program, in the order in which a run meets them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Step {
            $(#[doc = $text] $name,)*
        }

        impl fmt::Display for Step {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Step::$name => $text,)* })
            }
        }
    };
}

steps! {
    // The launcher's own start.
    CopyLauncher => "copy the program into a sealed memory file",
    StartLauncher => "start the launcher",
    EnterUserNamespace => "enter a user namespace",
    MapIds => "map user and group ids",
    TakeUids => "take user ids for the sandboxes",
    PrepareCgroups => "prepare the cgroups",
    EnterMountNamespace => "enter a mount namespace",
    PrepareRoot => "prepare the root file system",
    Seccomp => "install the system call filter",
    // Per run, in the launcher.
    TalkToLauncher => "talk to the launcher",
    CheckCommand => "check the command",
    TakeSlot => "take a place for a sandbox",
    PrepareProfile => "prepare the mounts of a language",
    MakeWorkspace => "make the workspace",
    FindTree => "find the working directory that was kept",
    MakeCgroup => "make the cgroup",
    StartBuilder => "start the builder of a language's sandboxes",
    StartTemplate => "start an interpreter ahead of need",
    Fork => "fork the sandbox",
    // Per run, in the sandbox's init.
    OfferMemory => "mark the sandbox as the first to go when memory runs out",
    NameHost => "name the host",
    MountWork => "mount the working directory",
    MountTree => "mount the working directory that was kept",
    MountTmp => "mount /tmp",
    MountProc => "mount /proc",
    MaskProc => "mask /proc",
    EnterRoot => "enter the root",
    LoopbackUp => "bring up the loopback",
    WriteFiles => "write the program's files",
    OpenTerminal => "open a terminal",
    ForkProgram => "fork the program",
    DropInit => "take away init's privileges",
    // Per run, in the program's own process.
    JoinCgroup => "join the cgroup",
    CgroupNamespace => "enter a cgroup namespace",
    Session => "start a session",
    Stdio => "connect standard input and output",
    Terminal => "take control of the terminal",
    Signals => "reset the signals",
    Rlimits => "set the resource limits",
    Ids => "take on the unprivileged ids",
    Capabilities => "drop the capabilities",
    NoNewPrivileges => "forbid new privileges",
    WorkingDirectory => "change to the working directory",
    CloseDescriptors => "close the other descriptors",
    KeepUp => "go on as the program",
    PassGate => "pass a program to an interpreter that was started ahead",
    Execute => "execute the program",
    // While it runs.
    Watch => "watch the program",
}

/// A failure of the sandbox itself: nothing was run, or what ran could not be watched.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("failed to {step}: {}", describe(*errno, detail))]
pub struct Error {
    /// The step that failed.
    pub step: Step,
    /// The kernel's error number, 0 when it is not the kernel's.
    pub errno: i32,
    /// What was being worked on, when the step alone does not tell.
    pub detail: String,
}

impl Error {
    /// An error of this step with a reason in words.
    pub(crate) fn refused(step: Step, detail: impl Into<String>) -> Error {
        Error { step, errno: 0, detail: shortened(detail.into()) }
    }

    /// The kernel's error, with what was being worked on.
    pub(crate) fn of(step: Step, error: io::Error, detail: impl fmt::Display) -> Error {
        match error.raw_os_error() {
            Some(errno) => Error { step, errno, detail: shortened(detail.to_string()) },
            None => Error::refused(step, format!("{detail} {error}").trim()),
        }
    }

    /// The launcher is gone, and with it all that ran in its sandboxes.
    pub(crate) fn launcher_gone(step: Step) -> Error {
        Error::refused(step, LAUNCHER_GONE)
    }

    /// The kernel has killed a program that was within its own limit.
    pub(crate) fn host_out_of_memory() -> Error {
        Error { step: Step::Watch, errno: libc::ENOMEM, detail: "the host".to_owned() }
    }

    /// Whether the host, or the container that the launcher is in, ran out of memory while the program ran, which was within its limit.
    pub fn is_host_out_of_memory(&self) -> bool {
        self.step == Step::Watch && self.errno == libc::ENOMEM
    }

    /// Whether the launcher was killed before this was done: nothing was wrong with the command, and another launcher follows.
    pub fn is_launcher_gone(&self) -> bool {
        let hung_up = self.step == Step::TalkToLauncher && matches!(self.errno, libc::EPIPE | libc::ECONNRESET);
        hung_up || self.detail == LAUNCHER_GONE
    }

    /// Whether nothing is kept under the key of the command's base: not any more, or not by this launcher.
    pub fn is_base_gone(&self) -> bool {
        self.step == Step::FindTree
    }

    /// Whether the program was not executed because of what it is, and not because the host lacks memory or descriptors.
    pub fn is_of_program(&self) -> bool {
        let of_host = [libc::ENOMEM, libc::EAGAIN, libc::EMFILE, libc::ENFILE, libc::EIO];
        // Its working directory is the program's, too.
        matches!(self.step, Step::Execute | Step::WorkingDirectory) && !of_host.contains(&self.errno)
    }

    /// Whether only the way failed by which a program is started that goes on with an interpreter in memory: executed, it may work.
    pub fn is_of_warm_start(&self) -> bool {
        matches!(self.step, Step::ForkProgram | Step::KeepUp | Step::PassGate | Step::StartTemplate)
    }

    /// The kernel's reason in words.
    pub fn reason(&self) -> String {
        message(self.errno)
    }

    /// Whether the program to execute does not exist in the sandbox.
    pub fn is_not_found(&self) -> bool {
        self.step == Step::Execute && self.errno == libc::ENOENT
    }
}

const LAUNCHER_GONE: &str = "the launcher is gone";

fn describe(errno: i32, detail: &str) -> String {
    if errno == 0 {
        return detail.to_owned();
    }
    let subject = if detail.is_empty() { String::new() } else { format!("{detail}: ") };
    format!("{subject}{} ({})", errno_name(errno), message(errno))
}

fn message(errno: i32) -> String {
    let message = io::Error::from_raw_os_error(errno).to_string();
    message.split(" (os error").next().unwrap_or_default().to_owned()
}

/// The symbolic name of an error number: `EPERM`.
fn errno_name(errno: i32) -> String {
    let name = match errno {
        libc::EPERM => "EPERM",
        libc::ENOENT => "ENOENT",
        libc::EINTR => "EINTR",
        libc::EIO => "EIO",
        libc::E2BIG => "E2BIG",
        libc::ENOEXEC => "ENOEXEC",
        libc::EBADF => "EBADF",
        libc::ECHILD => "ECHILD",
        libc::EAGAIN => "EAGAIN",
        libc::ENOMEM => "ENOMEM",
        libc::EACCES => "EACCES",
        libc::EFAULT => "EFAULT",
        libc::EBUSY => "EBUSY",
        libc::EEXIST => "EEXIST",
        libc::ENODEV => "ENODEV",
        libc::ENOTDIR => "ENOTDIR",
        libc::EISDIR => "EISDIR",
        libc::EINVAL => "EINVAL",
        libc::ENFILE => "ENFILE",
        libc::EMFILE => "EMFILE",
        libc::ETXTBSY => "ETXTBSY",
        libc::EFBIG => "EFBIG",
        libc::ENOSPC => "ENOSPC",
        libc::EROFS => "EROFS",
        libc::EPIPE => "EPIPE",
        libc::ENAMETOOLONG => "ENAMETOOLONG",
        libc::ENOSYS => "ENOSYS",
        libc::ELOOP => "ELOOP",
        libc::EUSERS => "EUSERS",
        libc::EXDEV => "EXDEV",
        libc::ETIMEDOUT => "ETIMEDOUT",
        libc::EOPNOTSUPP => "EOPNOTSUPP",
        _ => return format!("error {errno}"),
    };
    name.to_owned()
}

/// A detail may be a path of the client's, of any length; what is reported has little room.
fn shortened(detail: String) -> String {
    const LONGEST: usize = 300;
    if detail.chars().nth(LONGEST).is_none() {
        return detail;
    }
    detail.chars().take(LONGEST).chain(['…']).collect()
}

/// Attaches the step to the kernel's error: `mkdir(…).at(Step::MakeCgroup)?`.
pub(crate) trait At<T> {
    /// The error with its step.
    fn at(self, step: Step) -> Result<T, Error>;
    /// The error with its step and what was being worked on.
    fn at_on(self, step: Step, detail: impl fmt::Display) -> Result<T, Error>;
}

impl<T, E: Into<io::Error>> At<T> for Result<T, E> {
    fn at(self, step: Step) -> Result<T, Error> {
        self.at_on(step, "")
    }

    fn at_on(self, step: Step, detail: impl fmt::Display) -> Result<T, Error> {
        self.map_err(|error| Error::of(step, error.into(), detail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_its_step_and_the_kernels_reason() {
        let error = Err::<(), _>(rustix::io::Errno::PERM).at(Step::MountProc).unwrap_err();
        assert_eq!(error.to_string(), "failed to mount /proc: EPERM (Operation not permitted)");
        let error = Err::<(), _>(rustix::io::Errno::NOENT).at_on(Step::Execute, "/bin/x").unwrap_err();
        assert_eq!(error.to_string(), "failed to execute the program: /bin/x: ENOENT (No such file or directory)");
        assert!(error.is_not_found());
    }
}
