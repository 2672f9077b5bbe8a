//! A page that the launcher shares with the init and the program of a sandbox, until that program is executed.
//!
//! The launcher needs to know when the program started and how it ended, but not at once: it looks here when a deadline may be
//! due and when init has ended. Nothing has to be woken for it, which a message would do, and execve takes the page away from
//! the program.

use std::{
    os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd},
    ptr::NonNull,
    sync::atomic::{AtomicU32, AtomicU64, Ordering},
    time::Duration,
};

use rustix::{
    fs::{MemfdFlags, SealFlags, fcntl_add_seals, ftruncate, memfd_create},
    process::Pid,
};
use serde::{Serialize, de::DeserializeOwned};

/// The size of a page; what is recorded is far smaller.
const SIZE: usize = 4096;
const ROOM: usize = SIZE - 24;

#[repr(C)]
struct Page {
    /// Nanoseconds on the monotonic clock, 0 = not yet.
    started: AtomicU64,
    /// Bytes of memory that init has in common with its template.
    inherited: AtomicU64,
    /// How many bytes of `record` count; stored after they are.
    length: AtomicU32,
    /// The process id of init, 0 = it was not forked yet.
    built: AtomicU32,
    record: [u8; ROOM],
}

/// One shared page.
#[derive(Debug)]
pub(crate) struct Ledger {
    page: NonNull<Page>,
    /// The memory file that it is in: by this another process gets to share it.
    file: OwnedFd,
}

impl Ledger {
    /// An empty page.
    pub(crate) fn new() -> std::io::Result<Ledger> {
        let file = memfd_create("ledger", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?;
        ftruncate(&file, SIZE as u64)?;
        // A page that is taken away would end whoever looks at it.
        fcntl_add_seals(&file, SealFlags::SHRINK | SealFlags::SEAL)?;
        Ledger::shared_by(file)
    }

    /// The page that another process made, by its memory file.
    pub(crate) fn shared_by(file: OwnedFd) -> std::io::Result<Ledger> {
        let protection = libc::PROT_READ | libc::PROT_WRITE;
        // SAFETY: a new mapping at an address of the kernel's choice touches nothing that exists.
        let address = unsafe { libc::mmap(std::ptr::null_mut(), SIZE, protection, libc::MAP_SHARED, file.as_raw_fd(), 0) };
        match NonNull::new(address.cast::<Page>()) {
            Some(page) if address != libc::MAP_FAILED => Ok(Ledger { page, file }),
            _ => Err(std::io::Error::last_os_error()),
        }
    }

    fn page(&self) -> &Page {
        // SAFETY: the mapping is a zeroed page, valid as `Page`, aligned, and lives as long as `self`.
        unsafe { self.page.as_ref() }
    }

    /// Says that init was forked, to whoever finds this when its builder has no more to say.
    pub(crate) fn build(&self, pid: Pid) {
        self.page().built.store(pid.as_raw_nonzero().get().cast_unsigned(), Ordering::Release);
    }

    /// The process id of init, as its builder and the launcher see it.
    pub(crate) fn built(&self) -> Option<Pid> {
        Pid::from_raw(self.page().built.load(Ordering::Acquire).cast_signed())
    }

    /// Takes the page away from this process, which uses this no more.
    pub(crate) fn let_go(&self) {
        // SAFETY: the mapping is ours; the caller's promise is that nothing looks at it any more.
        unsafe { libc::munmap(self.page.as_ptr().cast(), SIZE) };
    }

    /// Says how much memory init was born with.
    pub(crate) fn inherit(&self, bytes: u64) {
        self.page().inherited.store(bytes, Ordering::Release);
    }

    /// How much of what its processes have is the template's: the kernel counts it in each of them.
    pub(crate) fn inherited(&self) -> u64 {
        self.page().inherited.load(Ordering::Acquire)
    }

    /// Says that the program starts now.
    pub(crate) fn start(&self) {
        self.page().started.store(monotonic().as_nanos() as u64, Ordering::Release);
    }

    /// When the program started, on the monotonic clock.
    pub(crate) fn started(&self) -> Option<Duration> {
        match self.page().started.load(Ordering::Acquire) {
            0 => None,
            nanoseconds => Some(Duration::from_nanos(nanoseconds)),
        }
    }

    /// Records how it went; what was recorded first stays.
    pub(crate) fn record<T: Serialize>(&self, what: &T) {
        let bytes = postcard::to_allocvec(what).unwrap_or_default();
        if bytes.len() > ROOM || self.page().length.load(Ordering::Acquire) != 0 {
            return;
        }
        // SAFETY: init and the program never record at the same time (init only when the program has ended), and the
        // launcher reads nothing before the length is stored.
        unsafe {
            let record = (&raw mut (*self.page.as_ptr()).record).cast::<u8>();
            record.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
        }
        self.page().length.store(bytes.len() as u32, Ordering::Release);
    }

    /// What was recorded, if anything was.
    pub(crate) fn recorded<T: DeserializeOwned>(&self) -> Option<T> {
        let length = self.page().length.load(Ordering::Acquire) as usize;
        let bytes = self.page().record.get(..length).filter(|bytes| !bytes.is_empty())?;
        postcard::from_bytes(bytes).ok()
    }
}

impl AsFd for Ledger {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours and no reference into it outlives `self`.
        unsafe { libc::munmap(self.page.as_ptr().cast(), SIZE) };
    }
}

/// The clock of `started`.
pub(crate) fn monotonic() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    Duration::new(now.tv_sec as u64, now.tv_nsec as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_record_stays() {
        let ledger = Ledger::new().unwrap();
        assert_eq!(ledger.started(), None);
        assert_eq!(ledger.recorded::<String>(), None);
        ledger.start();
        assert!(ledger.started().unwrap() <= monotonic());
        ledger.record(&"first".to_owned());
        ledger.record(&"second".to_owned());
        assert_eq!(ledger.recorded::<String>().unwrap(), "first");
        ledger.record(&vec![0u8; SIZE]);
    }
}
