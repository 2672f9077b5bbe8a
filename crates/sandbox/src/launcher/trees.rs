//! Working directories that are kept for later sandboxes: each is the tmpfs of the program that made it, moved and frozen.
//!
//! ```text
//! sandbox A: /work/3 ── Keep{key} ─→ frozen ─ moved ─→ /trees/7
//! sandbox B: Run{base: key} ───→ copy of the mount ─ its files shown as B's ─→ lower layer of an overlay at B's /work
//! ```
//!
//! Nothing here reads or writes a file of a tree, and nothing is copied. A frozen file system cannot be written by anybody, not by us
//! either; it goes with its last mount, so who has one as its base does not lose it when it is forgotten.

use std::{
    collections::{HashMap, hash_map::Entry},
    fs,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    path::{Path, PathBuf},
};

use rustix::{
    fs::{AtFlags, CWD, Dir, Mode, OFlags, statat, statfs},
    process::{Signal, pidfd_send_signal},
};

use super::{keeper::complain, places::FIRST_ID, prepared::Prepared};
use crate::{
    TreeKey,
    child::Kept,
    error::{At, Error, Step},
    mount::{self, READ_ONLY, Tmpfs},
    sys,
};

/// What one file costs the kernel beside its content.
const INODE_BYTES: u64 = 1 << 10;

/// One tree takes at most this part of the room, lest it drives out all others.
const LARGEST_PART: u64 = 4;

/// Trees that are kept: each is a mount, which a process copies that gets a mount namespace of its own.
const TREES_MAX: usize = 1024;
/// Maps that are kept: each is a descriptor and a user namespace.
const MAPS_MAX: usize = 256;

/// Files in a tree of an ordinary user's: they are looked at one by one.
const FLAT_MAX: u64 = 256;

/// All that is kept.
pub(super) struct Trees {
    rootless: bool,
    /// 0 where none can be kept.
    room: u64,
    used: u64,
    kept: HashMap<TreeKey, Tree>,
    /// How many there were: each has a name of its own.
    made: u64,
    /// User namespaces whose map shows files of the first user as the second one's.
    maps: HashMap<(u32, u32), OwnedFd>,
}

struct Tree {
    path: PathBuf,
    owner: u32,
    bytes: u64,
}

impl Trees {
    /// Keeps at most so many bytes, or none where this kernel cannot.
    pub(super) fn new(room: u64, prepared: &Prepared) -> Trees {
        let (kept, maps) = Default::default();
        let mut trees = Trees { rootless: prepared.rootless, room, used: 0, kept, made: 0, maps };
        if room > 0
            && let Err(error) = trees.try_out(prepared.myself.as_fd())
        {
            complain(format_args!("compiled programs are not kept, for this kernel lacks what it takes: {error}"));
            trees.room = 0;
        }
        trees
    }

    /// Keeps what a user's program has left at `work`, unless there is something under this key already: that stays.
    pub(super) fn keep(&mut self, key: TreeKey, work: &Path, owner: u32) -> Kept {
        if let Some(tree) = self.kept.get(&key) {
            let _ = mount::detach(work);
            return Kept::Yes { bytes: tree.bytes };
        }
        if self.room == 0 || self.kept.len() == TREES_MAX {
            return Kept::No;
        }
        let Ok(stat) = statfs(work) else { return Kept::No };
        let files = stat.f_files - stat.f_ffree;
        let bytes = (stat.f_blocks - stat.f_bfree) * stat.f_bsize as u64 + files * INODE_BYTES;
        if bytes > self.room / LARGEST_PART {
            return Kept::No;
        }
        if self.used.saturating_add(bytes) > self.room {
            return Kept::NoRoom { bytes };
        }
        // Frozen before it is looked at. What is not kept after all is as it was, for the sandbox goes on with it.
        if mount::freeze(work).is_err() {
            return Kept::No;
        }
        let path = PathBuf::from(format!("/trees/{}", self.made));
        let is_fit = !self.rootless || (files <= FLAT_MAX && is_flat(work).unwrap_or(false));
        if !is_fit || move_away(work, &path).is_err() {
            let _ = mount::thaw(work);
            return Kept::No;
        }
        self.made += 1;
        self.used += bytes;
        self.kept.insert(key, Tree { path, owner, bytes });
        Kept::Yes { bytes }
    }

    /// Lets go of what is kept under this key.
    pub(super) fn forget(&mut self, key: TreeKey) {
        if let Some(tree) = self.kept.remove(&key) {
            self.used -= tree.bytes;
            let _ = mount::detach(&tree.path);
            let _ = fs::remove_dir(&tree.path);
        }
    }

    /// A mount of what is kept under this key, attached nowhere, whose files are this user's.
    pub(super) fn layer(&mut self, key: TreeKey, user: u32, launcher: BorrowedFd<'_>) -> Result<OwnedFd, Error> {
        let gone = || Error::refused(Step::FindTree, "there is none of this name");
        let Tree { path, owner, .. } = self.kept.get(&key).ok_or_else(gone)?;
        let layer = mount::copy(path).at(Step::MakeWorkspace)?;
        let owner = *owner;
        if owner != user {
            let map = self.map(owner, user, launcher).at(Step::MakeWorkspace)?;
            mount::map_ids(layer.as_fd(), map.as_fd()).at(Step::MakeWorkspace)?;
        }
        Ok(layer)
    }

    /// Programs of different places have different user ids, and a program must find its files its own, as if it had compiled them just
    /// now. Changing their owner would change the tree, and would be a walk of ours over paths that a program made; so each run sees
    /// them through a mount that maps the one id to the other. The map is that of a user namespace, which is made once for each pair.
    fn map(&mut self, from: u32, to: u32, launcher: BorrowedFd<'_>) -> Result<&OwnedFd, std::io::Error> {
        if self.maps.len() >= MAPS_MAX && !self.maps.contains_key(&(from, to)) {
            // What is mounted by one of them goes on with it.
            self.maps.clear();
        }
        Ok(match self.maps.entry((from, to)) {
            Entry::Occupied(made) => made.into_mut(),
            Entry::Vacant(place) => place.insert(make_map(from, to, launcher)?),
        })
    }

    /// Keeps a tree, shows it to another user, and changes it there as programs do: what fails on this kernel fails here.
    fn try_out(&mut self, launcher: BorrowedFd<'_>) -> Result<(), Error> {
        let step = Step::MountTree;
        let (work, place) = (Path::new("/trees/tried"), Path::new("/trees/joined"));
        let uid = if self.rootless { FIRST_ID } else { FIRST_ID + 1 };
        for (folder, owner) in [(work, FIRST_ID), (place, uid)] {
            fs::create_dir(folder).at(step)?;
            let tmpfs = Tmpfs { bytes: 1 << 20, inodes: 64, mode: "755", owner }.make().at(step)?;
            mount::attach(tmpfs.as_fd(), folder).at(step)?;
        }
        let tried = self.try_joining(work, place, uid, launcher);
        sys::set_fs_ids(0, 0);
        self.forget(TRIED);
        for folder in [place, place, work] {
            let _ = mount::detach(folder);
        }
        for folder in [work, place] {
            let _ = fs::remove_dir(folder);
        }
        tried
    }

    fn try_joining(&mut self, work: &Path, place: &Path, uid: u32, launcher: BorrowedFd<'_>) -> Result<(), Error> {
        let step = Step::MountTree;
        sys::set_fs_ids(FIRST_ID, FIRST_ID);
        fs::write(work.join("file"), "kept").at(step)?;
        if !self.rootless {
            fs::create_dir(work.join("folder")).at(step)?;
        }
        sys::set_fs_ids(0, 0);
        match self.keep(TRIED, work, FIRST_ID) {
            Kept::Yes { .. } => {}
            other => return Err(Error::refused(step, format!("a file system cannot be kept ({other:?})"))),
        }
        let layer = self.layer(TRIED, uid, launcher)?;
        mount::join(&layer, place, uid, self.rootless).at(step)?;
        sys::set_fs_ids(uid, uid);
        fs::write(place.join("file"), "changed").at(step)?;
        if !self.rootless {
            fs::rename(place.join("folder"), place.join("renamed")).at(step)?;
        }
        let kept = fs::read_to_string(self.kept[&TRIED].path.join("file")).at(step)?;
        let differs = || Error::refused(step, "an overlay does not keep its lower layer");
        if kept == "kept" { Ok(()) } else { Err(differs()) }
    }
}

/// No digest is this.
const TRIED: TreeKey = TreeKey([0; 32]);

/// In a user namespace the kernel neither renames folders of a lower layer nor holds hard links together: a tree that has any is not kept
/// there, lest programs see a difference.
fn is_flat(tree: &Path) -> rustix::io::Result<bool> {
    // A folder counts itself, its name above, and each folder in it.
    if statat(CWD, tree, AtFlags::SYMLINK_NOFOLLOW)?.st_nlink > 2 {
        return Ok(false);
    }
    let folder = rustix::fs::open(tree, OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    for entry in Dir::read_from(&folder)? {
        let entry = entry?;
        let is_file = !matches!(entry.file_name().to_bytes(), b"." | b"..");
        // Only looked at, by a name without a folder in it, in a file system that nobody changes.
        if is_file && statat(&folder, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW)?.st_nlink > 1 {
            return Ok(false);
        }
    }
    Ok(true)
}

fn move_away(work: &Path, path: &Path) -> std::io::Result<()> {
    let frozen = rustix::fs::open(work, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    mount::set_flags(frozen.as_fd(), READ_ONLY, false)?;
    fs::create_dir(path)?;
    mount::move_to(work, path).inspect_err(|_| drop(fs::remove_dir(path)))?;
    Ok(())
}

/// A user namespace that maps one id to another. It needs a process only until it is open.
fn make_map(from: u32, to: u32, launcher: BorrowedFd<'_>) -> std::io::Result<OwnedFd> {
    match sys::fork(libc::CLONE_NEWUSER)? {
        sys::Forked::Child => {
            let _ = sys::close_all_but(&[launcher]);
            let _ = sys::die_with(launcher);
            loop {
                std::thread::park();
            }
        }
        sys::Forked::Parent(pid, pidfd) => {
            let map = open_map(Path::new(&format!("/proc/{}", pid.as_raw_nonzero())), from, to);
            pidfd_send_signal(&pidfd, Signal::KILL)?;
            sys::wait(Some(pid))?;
            map
        }
    }
}

fn open_map(process: &Path, from: u32, to: u32) -> std::io::Result<OwnedFd> {
    for file in ["uid_map", "gid_map"] {
        fs::write(process.join(file), format!("{from} {to} 1"))?;
    }
    Ok(rustix::fs::open(process.join("ns/user"), OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?)
}
