//! File systems by the mount API of Linux 5.2: mounts are made detached, given their flags, and only then attached.

use std::{
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    path::Path,
};

use rustix::{
    fs::CWD,
    io::Errno,
    mount::{
        FsMountFlags, FsOpenFlags, MountAttrFlags, MoveMountFlags, OpenTreeFlags, fsconfig_create, fsconfig_set_string,
        fsmount, fsopen, move_mount, open_tree,
    },
};

use crate::sys;

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
        let context = fsopen("tmpfs", FsOpenFlags::FSOPEN_CLOEXEC)?;
        let set = |key: &str, value: &str| fsconfig_set_string(context.as_fd(), key, value);
        set("size", &self.bytes.to_string())?;
        set("nr_inodes", &self.inodes.to_string())?;
        set("mode", self.mode)?;
        set("uid", &self.owner.to_string())?;
        set("gid", &self.owner.to_string())?;
        fsconfig_create(context.as_fd())?;
        let attributes = MountAttrFlags::MOUNT_ATTR_NOSUID | MountAttrFlags::MOUNT_ATTR_NODEV;
        fsmount(context.as_fd(), FsMountFlags::FSMOUNT_CLOEXEC, attributes)
    }
}

/// A new instance of /proc for this process's pid namespace, detached and read-only.
pub(crate) fn proc() -> Result<OwnedFd, Errno> {
    let context = fsopen("proc", FsOpenFlags::FSOPEN_CLOEXEC)?;
    // Processes of other users (the sandbox's own init) are not even listed (proc(5)).
    fsconfig_set_string(context.as_fd(), "hidepid", "2")?;
    fsconfig_create(context.as_fd())?;
    let attributes = MountAttrFlags::MOUNT_ATTR_RDONLY
        | MountAttrFlags::MOUNT_ATTR_NOSUID
        | MountAttrFlags::MOUNT_ATTR_NODEV
        | MountAttrFlags::MOUNT_ATTR_NOEXEC;
    fsmount(context.as_fd(), FsMountFlags::FSMOUNT_CLOEXEC, attributes)
}

/// A copy of the mount at `path`, with all that is mounted below it, detached.
pub(crate) fn copy(path: &Path) -> Result<OwnedFd, Errno> {
    let flags = OpenTreeFlags::OPEN_TREE_CLONE | OpenTreeFlags::OPEN_TREE_CLOEXEC | OpenTreeFlags::AT_RECURSIVE;
    open_tree(CWD, path, flags)
}

/// A read-only copy, as [`copy`].
pub(crate) fn copy_read_only(path: &Path) -> Result<OwnedFd, Errno> {
    let tree = copy(path)?;
    sys::set_mount_flags(tree.as_fd(), READ_ONLY, true)?;
    Ok(tree)
}

/// Attaches a detached mount.
pub(crate) fn attach(mount: BorrowedFd<'_>, path: &Path) -> Result<(), Errno> {
    move_mount(mount, "", CWD, path, MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH)
}
