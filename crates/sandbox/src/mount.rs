//! File systems that are made detached, given their flags, and only then attached.

use std::{
    os::fd::{AsFd, OwnedFd},
    path::Path,
};

use rustix::{
    fs::{Gid, Mode, Uid, chmod, chown, fstat, mkdir},
    io::Errno,
};

pub(crate) use crate::sys::mounts::{attach, bind, copy_tree as copy, detach, freeze, map_ids, move_to, pivot_here, set_flags};
use crate::sys::mounts::{fs_mount, fs_open, fs_set, fs_set_flag};

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

/// What an overlay takes of the inodes of the tmpfs in which it is made: its root, three folders, and what the kernel makes in the
/// last one (Documentation/filesystems/overlayfs.rst).
pub(crate) const OVERLAY_INODES: u64 = 6;

/// Joins a layer, which stays as it is, with a user's tmpfs at `place`, which takes all changes and is covered by what is seen.
pub(crate) fn join(layer: &OwnedFd, place: &Path, uid: u32, rootless: bool) -> Result<(), Errno> {
    let [lower, upper, work] = ["lower", "upper", "work"].map(|name| place.join(name));
    for folder in [&lower, &upper, &work] {
        mkdir(folder, Mode::RWXU)?;
    }
    // The upper folder is what is seen as the working directory itself.
    chmod(&upper, Mode::from_raw_mode(fstat(layer)?.st_mode & 0o7777))?;
    chown(&upper, Some(Uid::from_raw(uid)), Some(Gid::from_raw(uid)))?;
    attach(layer.as_fd(), &lower)?;
    let joined = overlay(&[("lowerdir", &lower), ("upperdir", &upper), ("workdir", &work)], rootless)?;
    attach(joined.as_fd(), place)
}

fn overlay(layers: &[(&str, &Path)], rootless: bool) -> Result<OwnedFd, Errno> {
    let context = fs_open("overlay")?;
    for (key, path) in layers {
        fs_set(context.as_fd(), key, path.to_str().ok_or(Errno::INVAL)?)?;
    }
    // With these, folders of the lower layer can be renamed and hard links in it hold together, as in a tmpfs. Both are remembered in
    // attributes that only the host's root may set.
    let (index, redirect) = if rootless { ("off", "nofollow") } else { ("on", "on") };
    for (key, value) in [("metacopy", "off"), ("redirect_dir", redirect), ("index", index)] {
        fs_set(context.as_fd(), key, value)?;
    }
    if rootless {
        fs_set_flag(context.as_fd(), "userxattr")?;
    }
    fs_mount(context.as_fd(), libc::MOUNT_ATTR_NOSUID | libc::MOUNT_ATTR_NODEV)
}

/// Undoes `freeze`.
pub(crate) fn thaw(target: &Path) -> Result<(), Errno> {
    crate::sys::mounts::remount(target, "")
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
    // What a program may not trace (the sandbox's own init) is not even listed. With `invisible` it would be for members of root's group,
    // which an ordinary user may be, in many a container (has_pid_permissions in fs/proc/base.c).
    fs_set(context.as_fd(), "hidepid", "ptraceable")?;
    fs_mount(context.as_fd(), READ_ONLY | libc::MOUNT_ATTR_NOEXEC)
}

/// A read-only copy of the mount at `path`, with all that is mounted below it, detached.
pub(crate) fn copy_read_only(path: &Path) -> Result<OwnedFd, Errno> {
    let tree = copy(path)?;
    set_flags(tree.as_fd(), READ_ONLY, true)?;
    Ok(tree)
}
