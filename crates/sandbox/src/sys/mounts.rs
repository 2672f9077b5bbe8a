//! The calls of mount(2) and of the mount API of Linux 5.2, which the filter lets through only with the key.

use std::{
    ffi::OsStr,
    os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd},
    path::Path,
};

use rustix::io::Errno;

use super::{c_string, keyed, made};

/// Shows a file or folder in a second place (mount(2), MS_BIND).
pub(crate) fn bind(source: &Path, target: &Path) -> Result<(), Errno> {
    let (source, target) = (c_string(source.as_os_str())?, c_string(target.as_os_str())?);
    let (source, target) = (source.as_ptr() as usize, target.as_ptr() as usize);
    // SAFETY: both paths are C strings, alive until the end of this function; MS_BIND looks at neither type nor data.
    unsafe { keyed(libc::SYS_mount, [source, target, 0, libc::MS_BIND as usize, 0]) }.map(drop)
}

/// Changes options of the tmpfs mounted here (mount(2), MS_REMOUNT); without set-user-ids and devices it stays.
pub(crate) fn remount(target: &Path, options: &str) -> Result<(), Errno> {
    let (target, options) = (c_string(target.as_os_str())?, c_string(OsStr::new(options))?);
    let flags = (libc::MS_REMOUNT | libc::MS_NOSUID | libc::MS_NODEV) as usize;
    let (none, target, options) = (c"none".as_ptr() as usize, target.as_ptr() as usize, options.as_ptr() as usize);
    // SAFETY: all are C strings, alive until the end of this function.
    unsafe { keyed(libc::SYS_mount, [none, target, none, flags, options]) }.map(drop)
}

/// Makes the whole file system that is mounted here read-only, wherever else it may be mounted (mount(2), MS_REMOUNT). The kernel does
/// so only when nobody can write to it: no file of it is open for writing, or mapped, and none that was deleted is still open.
pub(crate) fn freeze(target: &Path) -> Result<(), Errno> {
    let target = c_string(target.as_os_str())?;
    let flags = (libc::MS_REMOUNT | libc::MS_RDONLY | libc::MS_NOSUID | libc::MS_NODEV) as usize;
    let (none, target, options) = (c"none".as_ptr() as usize, target.as_ptr() as usize, c"".as_ptr() as usize);
    // SAFETY: all are C strings, alive until the end of this function.
    unsafe { keyed(libc::SYS_mount, [none, target, none, flags, options]) }.map(drop)
}

/// Takes a mount out of the tree at once, and its file system away when nobody uses it any more (umount2(2), MNT_DETACH).
pub(crate) fn detach(target: &Path) -> Result<(), Errno> {
    let target = c_string(target.as_os_str())?;
    // SAFETY: the path is a C string.
    unsafe { keyed(libc::SYS_umount2, [target.as_ptr() as usize, libc::MNT_DETACH as usize, 0, 0, 0]) }.map(drop)
}

/// Makes the working directory the root and lets go of the old one (pivot_root(2), "pivot_root(".", ".")").
pub(crate) fn pivot_here() -> Result<(), Errno> {
    let here = c".".as_ptr() as usize;
    // SAFETY: both paths are C strings.
    unsafe { keyed(libc::SYS_pivot_root, [here, here, 0, 0, 0]) }?;
    detach(Path::new("."))?;
    rustix::process::chdir("/")
}

/// Begins to make a file system of this type (fsopen(2)).
pub(crate) fn fs_open(kind: &str) -> Result<OwnedFd, Errno> {
    const FSOPEN_CLOEXEC: usize = 1;
    let kind = c_string(OsStr::new(kind))?;
    // SAFETY: the name is a C string.
    unsafe { keyed(libc::SYS_fsopen, [kind.as_ptr() as usize, FSOPEN_CLOEXEC, 0, 0, 0]) }.map(made)
}

/// Sets an option of it (fsconfig(2)).
pub(crate) fn fs_set(context: BorrowedFd<'_>, key: &str, value: &str) -> Result<(), Errno> {
    const FSCONFIG_SET_STRING: usize = 1;
    let (key, value) = (c_string(OsStr::new(key))?, c_string(OsStr::new(value))?);
    let (context, key, value) = (context.as_raw_fd() as usize, key.as_ptr() as usize, value.as_ptr() as usize);
    // SAFETY: key and value are C strings, alive until the end of this function.
    unsafe { keyed(libc::SYS_fsconfig, [context, FSCONFIG_SET_STRING, key, value, 0]) }.map(drop)
}

/// Sets an option of it that has no value (fsconfig(2)).
pub(crate) fn fs_set_flag(context: BorrowedFd<'_>, key: &str) -> Result<(), Errno> {
    const FSCONFIG_SET_FLAG: usize = 0;
    let key = c_string(OsStr::new(key))?;
    // SAFETY: the key is a C string, alive until the end of this function.
    unsafe { keyed(libc::SYS_fsconfig, [context.as_raw_fd() as usize, FSCONFIG_SET_FLAG, key.as_ptr() as usize, 0, 0]) }
        .map(drop)
}

/// Makes it, mounted nowhere, with these flags (fsconfig(2), fsmount(2)).
pub(crate) fn fs_mount(context: BorrowedFd<'_>, flags: u64) -> Result<OwnedFd, Errno> {
    const FSCONFIG_CMD_CREATE: usize = 6;
    const FSMOUNT_CLOEXEC: usize = 1;
    let context = context.as_raw_fd() as usize;
    // SAFETY: neither call looks at memory with these arguments.
    unsafe {
        keyed(libc::SYS_fsconfig, [context, FSCONFIG_CMD_CREATE, 0, 0, 0])?;
        keyed(libc::SYS_fsmount, [context, FSMOUNT_CLOEXEC, flags as usize, 0, 0]).map(made)
    }
}

/// Copies the mounts at and below a path, mounted nowhere (open_tree(2)).
pub(crate) fn copy_tree(path: &Path) -> Result<OwnedFd, Errno> {
    const OPEN_TREE_CLONE: i32 = 1;
    let path = c_string(path.as_os_str())?;
    let flags = (OPEN_TREE_CLONE | libc::O_CLOEXEC | libc::AT_RECURSIVE) as usize;
    // SAFETY: the path is a C string.
    unsafe { keyed(libc::SYS_open_tree, [libc::AT_FDCWD as usize, path.as_ptr() as usize, flags, 0, 0]) }.map(made)
}

/// Mounts what is mounted nowhere (move_mount(2)).
pub(crate) fn attach(mount: BorrowedFd<'_>, path: &Path) -> Result<(), Errno> {
    const MOVE_MOUNT_F_EMPTY_PATH: usize = 4;
    let path = c_string(path.as_os_str())?;
    let (mount, empty, here) = (mount.as_raw_fd() as usize, c"".as_ptr() as usize, libc::AT_FDCWD as usize);
    // SAFETY: both paths are C strings.
    unsafe { keyed(libc::SYS_move_mount, [mount, empty, here, path.as_ptr() as usize, MOVE_MOUNT_F_EMPTY_PATH]) }.map(drop)
}

/// Moves what is mounted here to another place (move_mount(2)).
pub(crate) fn move_to(from: &Path, to: &Path) -> Result<(), Errno> {
    use rustix::fs::{Mode, OFlags};
    let mount = rustix::fs::open(from, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    attach(mount.as_fd(), to)
}

/// Shows the files of a mount that was never attached as those of other users, as a user namespace maps ids (mount_setattr(2),
/// MOUNT_ATTR_IDMAP).
pub(crate) fn map_ids(mount: BorrowedFd<'_>, map: BorrowedFd<'_>) -> Result<(), Errno> {
    let attributes =
        libc::mount_attr { attr_set: libc::MOUNT_ATTR_IDMAP, attr_clr: 0, propagation: 0, userns_fd: map.as_raw_fd() as u64 };
    set_attributes(mount, &attributes, libc::AT_EMPTY_PATH)
}

/// Sets flags of a mount, and of all below it when `recursive` (mount_setattr(2), Linux 5.12).
pub(crate) fn set_flags(mount: BorrowedFd<'_>, flags: u64, recursive: bool) -> Result<(), Errno> {
    let attributes = libc::mount_attr { attr_set: flags, attr_clr: 0, propagation: 0, userns_fd: 0 };
    set_attributes(mount, &attributes, libc::AT_EMPTY_PATH | if recursive { libc::AT_RECURSIVE } else { 0 })
}

fn set_attributes(mount: BorrowedFd<'_>, attributes: &libc::mount_attr, at: i32) -> Result<(), Errno> {
    let (mount, empty, size) = (mount.as_raw_fd() as usize, c"".as_ptr() as usize, size_of::<libc::mount_attr>());
    let attributes = std::ptr::from_ref(attributes) as usize;
    // SAFETY: the path is an empty C string, the attributes are a valid struct of the size given.
    unsafe { keyed(libc::SYS_mount_setattr, [mount, empty, at as usize, attributes, size]) }.map(drop)
}
