//! Giving root away: what the network-facing process does once its port is bound and the launcher runs.

use rustix::process::Pid;

use crate::{
    Error,
    error::{At, Step},
    launcher::places,
    sys,
};

/// Takes on these ids, drops every capability and forbids new privileges, for good. Does nothing but the last when this process is
/// not root, or root over no id but its own.
///
/// Call it before any other thread exists: the kernel keeps these things per thread.
///
/// # Errors
/// When the kernel refuses; the process should then end.
pub fn drop_privileges(uid: u32, gid: u32) -> Result<(), Error> {
    if places::commands_ids() {
        sys::bar_capabilities().at(Step::Capabilities)?;
        sys::become_ids(uid, gid).at(Step::Ids)?;
        sys::drop_capabilities().at(Step::Capabilities)?;
        verify().at(Step::Ids)?;
    }
    rustix::thread::set_no_new_privs(true).at(Step::NoNewPrivileges)
}

/// Nothing is believed that can be looked at.
fn verify() -> std::io::Result<()> {
    let left = rustix::thread::capabilities(None::<Pid>)?;
    if rustix::process::getuid().is_root() || rustix::process::geteuid().is_root() || !left.permitted.is_empty() {
        return Err(std::io::Error::other("root was not given away"));
    }
    Ok(())
}
