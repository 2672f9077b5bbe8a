//! Puts the program's files into its working directory, as the program's own user.

use std::{
    fs::File,
    io::Write,
    os::fd::{AsFd, BorrowedFd},
};

use rustix::{
    fs::{CWD, Mode, OFlags, ResolveFlags, mkdirat, openat, openat2},
    io::Errno,
};

use crate::{
    FileEntry,
    error::{At, Error, Step},
    sys,
};

/// Writes the files below /work.
pub(super) fn write(files: &[FileEntry], uid: u32) -> Result<(), Error> {
    if files.is_empty() {
        return Ok(());
    }
    let work = openat(CWD, "/work", OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty()).at(Step::WriteFiles)?;
    sys::set_fs_ids(uid, uid);
    let written = files.iter().try_for_each(|file| write_one(work.as_fd(), file).at_on(Step::WriteFiles, &file.path));
    sys::set_fs_ids(0, 0);
    written
}

/// A program of an earlier phase may have been here: nothing is followed, nothing is overwritten.
fn write_one(work: BorrowedFd<'_>, file: &FileEntry) -> std::io::Result<()> {
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
    let mut folder = work.try_clone_to_owned()?;
    let (parents, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
    for parent in parents.split('/').filter(|part| !part.is_empty()) {
        match mkdirat(&folder, parent, Mode::from_raw_mode(0o755)) {
            Ok(()) | Err(Errno::EXIST) => {}
            Err(error) => return Err(error.into()),
        }
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        folder = openat2(&folder, parent, flags, Mode::empty(), resolve)?;
    }
    let mode = Mode::from_raw_mode(if file.executable { 0o755 } else { 0o644 });
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
    File::from(openat2(&folder, name, flags, mode, resolve)?).write_all(&file.content)
}
