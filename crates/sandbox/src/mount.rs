//! File systems that are made detached, given their flags, and only then attached.

use std::{
    os::fd::{AsFd, OwnedFd},
    path::Path,
};

use rustix::io::Errno;

pub(crate) use crate::sys::mounts::{attach, bind, copy_tree as copy, detach, pivot_here, set_flags};
use crate::sys::mounts::{fs_mount, fs_open, fs_set};

pub(crate) const READ_ONLY: u64 = libc::MOUNT_ATTR_RDONLY | libc::MOUNT_ATTR_NOSUID | libc::MOUNT_ATTR_NODEV;

/// Who a tmpfs belongs to and how much it holds.
pub(crate) struct Tmpfs {
    pub(crate) bytes: u64,
    pub(crate) inodes: u64,
    pub(crate) mode: &'static str,
    pub(crate) owner: u32,
}

impl Tmpfs {
    /// Makes it, detached.
    pub(crate) fn make(&self) -> Result<OwnedFd, Errno> {
        let context = fs_open("tmpfs")?;
        let owner = self.owner.to_string();
        let (bytes, inodes) = (self.bytes.to_string(), self.inodes.to_string());
        for (key, value) in [("size", &*bytes), ("nr_inodes", &inodes), ("mode", self.mode), ("uid", &owner), ("gid", &owner)] {
            fs_set(context.as_fd(), key, value)?;
        }
        fs_mount(context.as_fd(), libc::MOUNT_ATTR_NOSUID | libc::MOUNT_ATTR_NODEV)
    }
}

impl Tmpfs {
    /// Gives one that is mounted at `path` this size.
    pub(crate) fn resize(&self, path: &Path) -> Result<(), Errno> {
        crate::sys::mounts::remount(path, &format!("size={},nr_inodes={}", self.bytes, self.inodes))
    }
}

/// A new instance of /dev/pts for a program of this group, detached: `max` terminals at most.
pub(crate) fn devpts(gid: u32, max: &str) -> Result<OwnedFd, Errno> {
    let context = fs_open("devpts")?;
    for (key, value) in [("ptmxmode", "0666"), ("mode", "0620"), ("gid", &gid.to_string()), ("max", max)] {
        fs_set(context.as_fd(), key, value)?;
    }
    fs_mount(context.as_fd(), libc::MOUNT_ATTR_NOSUID | libc::MOUNT_ATTR_NOEXEC)
}

/// A new instance of /proc for this process's pid namespace, detached and read-only.
pub(crate) fn proc() -> Result<OwnedFd, Errno> {
    let context = fs_open("proc")?;
    // Processes of other users (the sandbox's own init) are not even listed (proc(5)).
    fs_set(context.as_fd(), "hidepid", "2")?;
    fs_mount(context.as_fd(), READ_ONLY | libc::MOUNT_ATTR_NOEXEC)
}

/// A read-only copy of the mount at `path`, with all that is mounted below it, detached.
pub(crate) fn copy_read_only(path: &Path) -> Result<OwnedFd, Errno> {
    let tree = copy(path)?;
    set_flags(tree.as_fd(), READ_ONLY, true)?;
    Ok(tree)
}
