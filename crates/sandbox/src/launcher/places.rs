//! Places: a number that is ours alone on this host, with the user id that goes with it.
//!
//! Several launchers may run at once (a server and someone's command line). Each place is a byte range lock on one file, which
//! the kernel releases when its holder dies, however it dies. The number names the cgroups too, so a place just taken tells
//! whose left-overs may be swept: those of that number.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io,
    os::{
        fd::AsRawFd,
        unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    },
    path::PathBuf,
};

/// The first user id of sandboxes; systemd.io/UIDS-GIDS lists the range from here to `LAST_ID` as used by nobody.
pub(crate) const FIRST_ID: u32 = 60_600;
pub(crate) const LAST_ID: u32 = 61_183;
/// The user and group id that a server started as root takes on, unless it is told another: no program's and no init's.
pub const SERVER_ID: u32 = 60_598;
/// The id of the init process of every sandbox: not that of any program.
pub(crate) const INIT_ID: u32 = 60_599;

/// Whether this process is root over those ids: in a user namespace root may be nobody outside, or have no id but its own.
pub(crate) fn commands_ids() -> bool {
    let map = fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    rustix::process::geteuid().is_root() && map.lines().any(maps_ids)
}

/// Whether a line of user_namespaces(7) `uid_map` (first id inside, first outside, how many) has all of them.
fn maps_ids(line: &str) -> bool {
    let mut numbers = line.split_whitespace().map(|number| number.parse::<u64>().unwrap_or(0));
    let (Some(first), Some(_), Some(count)) = (numbers.next(), numbers.next(), numbers.next()) else { return false };
    first <= SERVER_ID.into() && first + count > LAST_ID.into()
}

/// The places of one launcher, held as long as this lives.
#[derive(Debug)]
pub(crate) struct Places {
    lock_file: File,
    pub(crate) numbers: Vec<u32>,
}

impl Places {
    /// Takes `count` places that nobody holds, and up to so many more, but none with one of these user ids.
    pub(crate) fn take(count: u32, more: u32, but: &[u32]) -> io::Result<Places> {
        let lock_file = open_lock_file()?;
        let mut places = Places { lock_file, numbers: Vec::new() };
        for number in 0..=(LAST_ID - FIRST_ID) {
            if places.numbers.len() == (count + more) as usize {
                break;
            }
            if !but.contains(&(FIRST_ID + number)) && places.lock(number, libc::F_WRLCK) {
                places.numbers.push(number);
            }
        }
        if places.numbers.len() < count as usize {
            return Err(io::Error::other(format!("{count} are wanted, {} are free", places.numbers.len())));
        }
        Ok(places)
    }

    /// Whether this number is ours, or nobody's: what bears it may then be swept.
    pub(crate) fn may_sweep(&self, number: u32) -> bool {
        if self.numbers.contains(&number) {
            return true;
        }
        let free = self.lock(number, libc::F_WRLCK);
        if free {
            self.lock(number, libc::F_UNLCK);
        }
        free
    }

    /// The same of a group, whose name begins with the place's number.
    pub(crate) fn may_sweep_group(&self, name: &str) -> bool {
        let number = name.split('.').next().and_then(|number| number.parse().ok());
        number.is_some_and(|number| self.may_sweep(number))
    }

    /// Gives all places back.
    pub(crate) fn release(&mut self) {
        for number in std::mem::take(&mut self.numbers) {
            self.lock(number, libc::F_UNLCK);
        }
    }

    /// Locks or unlocks the byte of a number (fcntl_locking(2), open file description locks).
    fn lock(&self, number: u32, kind: i32) -> bool {
        // SAFETY: flock is plain integers, for which zero is valid.
        let mut lock: libc::flock = unsafe { std::mem::zeroed() };
        lock.l_type = kind as i16;
        lock.l_whence = libc::SEEK_SET as i16;
        lock.l_start = number.into();
        lock.l_len = 1;
        // SAFETY: F_OFD_SETLK reads one flock, which the pointer is to; it does not block.
        unsafe { libc::fcntl(self.lock_file.as_raw_fd(), libc::F_OFD_SETLK, &raw const lock) == 0 }
    }
}

/// The lock file of this user: in a folder that only this user can write to.
fn open_lock_file() -> io::Result<File> {
    let uid = rustix::process::getuid().as_raw();
    let folder = folder(uid);
    match DirBuilder::new().mode(0o700).create(&folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let metadata = fs::symlink_metadata(&folder)?;
    if !metadata.is_dir() || metadata.uid() != uid {
        return Err(io::Error::other(format!("{} is not a folder of this user", folder.display())));
    }
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .custom_flags(libc::O_NOFOLLOW)
        .open(folder.join("places"))
}

fn folder(uid: u32) -> PathBuf {
    let runtime = PathBuf::from(format!("/run/user/{uid}"));
    match uid {
        0 => PathBuf::from("/run/codecanvas"),
        _ if runtime.is_dir() => runtime.join("codecanvas"),
        _ => PathBuf::from(format!("/tmp/codecanvas-{uid}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_of_a_user_namespace_commands_only_what_is_mapped() {
        assert!(maps_ids("         0          0 4294967295"));
        assert!(maps_ids("0 100000 65536"));
        assert!(!maps_ids("0 1000 1"));
        assert!(!maps_ids(""));
    }
}
