//! The system call filter: what only an attacker or an administrator calls is refused.
//!
//! `policy` is the table, `bpf` turns it into a program for the kernel. Rules of the table:
//! * a foreign architecture and x32 are killed: their numbers mean other calls (seccomp(2));
//! * a call newer than the newest reviewed one does not exist (ENOSYS), so that a C library falls back as on an old kernel;
//! * arguments are compared as the 32 bits that the kernel looks at (CVE-2019-10063).

mod bpf;
mod policy;

/// The filter for programs, ready to be installed.
pub(crate) fn program_filter() -> Vec<libc::sock_filter> {
    bpf::assemble(&policy::table())
}
