//! The system call filter: what only an attacker or an administrator calls is refused.
//!
//! `policy` is the table, `bpf` turns it into a program for the kernel. Rules of the table:
//! * a foreign architecture and x32 are killed: their numbers mean other calls (seccomp(2));
//! * a call newer than the newest reviewed one does not exist (ENOSYS), so that a C library falls back as on an old kernel;
//! * arguments are compared as the 32 bits that the kernel looks at (CVE-2019-10063).
//!
//! There is one filter for the life of the launcher, which installs it before its first sandbox; init and the programs inherit
//! it. A filter for each program would be machine code that the kernel makes and gives back for each, and kernels do not bear that
//! in masses. Building a sandbox takes calls that no program may make, so those have a *key*: a random number in the sixth argument,
//! which the kernel ignores and the filter does not. It is in no place that survives execve.

mod bpf;
mod policy;

use std::{os::fd::AsFd, sync::OnceLock, time::Duration};

use rustix::rand::{GetRandomFlags, getrandom};

use crate::{
    error::{At, Error, Step},
    sys,
};

static KEY: OnceLock<u64> = OnceLock::new();

/// The key of this launcher; 0 before there is a filter, when none is needed.
pub(crate) fn key() -> u64 {
    KEY.get().copied().unwrap_or(0)
}

/// Installs the filter for this process and all that it forks.
pub(crate) fn install() -> Result<(), Error> {
    let mut random = [0; 8];
    getrandom(&mut random[..], GetRandomFlags::empty()).at(Step::Seccomp)?;
    let key = u64::from_ne_bytes(random);
    let filter = bpf::assemble(&policy::table(), key);
    try_out(&filter)?;
    rustix::thread::set_no_new_privs(true).at(Step::NoNewPrivileges)?;
    sys::install_filter(&filter).at(Step::Seccomp)?;
    KEY.set(key).map_err(|_| Error::refused(Step::Seccomp, "it is installed already"))
}

/// Lets a process that is not needed install it first: on a kernel that has locked up, whoever asks for a filter waits for ever.
fn try_out(filter: &[libc::sock_filter]) -> Result<(), Error> {
    const PATIENCE: Duration = Duration::from_secs(10);
    match sys::fork(0).at(Step::Seccomp)? {
        sys::Forked::Child => {
            let installed = rustix::thread::set_no_new_privs(true).is_ok() && sys::install_filter(filter).is_ok();
            sys::exit(if installed { 0 } else { 1 })
        }
        sys::Forked::Parent(pid, pidfd) => {
            if !sys::is_readable_within(pidfd.as_fd(), PATIENCE).at(Step::Seccomp)? {
                let detail = "the kernel does not answer; it has locked up and needs a restart".to_owned();
                return Err(Error { step: Step::Seccomp, errno: libc::ETIMEDOUT, detail });
            }
            sys::wait(Some(pid)).at(Step::Seccomp).map(drop)
        }
    }
}
