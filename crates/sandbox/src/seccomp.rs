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
//! which the kernel ignores and the filter does not. It is in one page of memory, which no execve survives, and which a process that
//! becomes a program without execve gives back first.

mod bpf;
mod policy;

use std::{os::fd::AsFd, time::Duration};

use crate::{
    error::{At, Error, Step},
    sys::{
        self,
        secret::{Secret, wipe},
    },
};

static KEY: Secret = Secret::none();

/// The key of this process's filter; any number before there is one, when none is needed.
pub(crate) fn key() -> &'static Secret {
    &KEY
}

/// Takes the key away: this process can make no call any more that takes it.
pub(crate) fn forget_key() {
    KEY.forget();
}

/// Installs the filter for this process and all that it forks.
pub(crate) fn install() -> Result<(), Error> {
    KEY.make().at(Step::Seccomp)?;
    let (mut filter, holes) = bpf::assemble_with_holes(&policy::table());
    for (hole, is_low) in &holes {
        filter[*hole].k = KEY.half(*is_low);
    }
    let installed = install_filter(&filter);
    // Programs that are forked and not executed see this memory.
    for (hole, _) in holes {
        wipe(&mut filter[hole].k);
    }
    installed
}

fn install_filter(filter: &[libc::sock_filter]) -> Result<(), Error> {
    try_out(filter)?;
    rustix::thread::set_no_new_privs(true).at(Step::NoNewPrivileges)?;
    sys::install_filter(filter).at(Step::Seccomp)
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
