//! A number that is in one place of memory and nowhere else, so that it can be taken away.

use std::{
    io,
    ptr::{self, NonNull},
    sync::atomic::{AtomicPtr, Ordering},
};

use rustix::rand::{GetRandomFlags, getrandom};

/// What is there before and after: any number serves where nothing asks for one.
static NONE: u64 = 0;

/// Where a secret number is, in a page of its own.
pub(crate) struct Secret(AtomicPtr<u64>);

const PAGE: usize = 4096;

impl Secret {
    /// A place without a secret.
    pub(crate) const fn none() -> Secret {
        Secret(AtomicPtr::new((&raw const NONE).cast_mut()))
    }

    /// Makes a random one in a new page. What makes use of it must not copy it.
    pub(crate) fn make(&self) -> io::Result<()> {
        let (protection, flags) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
        // SAFETY: a new mapping at an address of the kernel's choice touches nothing that exists.
        let page = unsafe { libc::mmap(ptr::null_mut(), PAGE, protection, flags, -1, 0) };
        if page == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the page is ours, writable, and lives until `forget`.
        let bytes = unsafe { std::slice::from_raw_parts_mut(page.cast::<u8>(), size_of::<u64>()) };
        getrandom(bytes, GetRandomFlags::empty())?;
        self.0.store(page.cast(), Ordering::Release);
        Ok(())
    }

    /// Where it is.
    pub(crate) fn get(&self) -> NonNull<u64> {
        NonNull::new(self.0.load(Ordering::Acquire)).unwrap_or(NonNull::from(&NONE))
    }

    /// One half of it, for code that the kernel is given: the low half if `low`.
    pub(crate) fn half(&self, low: bool) -> u32 {
        // SAFETY: the place is readable as long as it is known.
        let number = unsafe { self.get().as_ptr().read_volatile() };
        if low { number as u32 } else { (number >> 32) as u32 }
    }

    /// Takes it away from this process.
    pub(crate) fn forget(&self) {
        let page = self.0.swap((&raw const NONE).cast_mut(), Ordering::AcqRel);
        if !ptr::eq(page, &raw const NONE) {
            // SAFETY: the page was mapped by `make`, and nobody knows of it any more.
            unsafe { libc::munmap(page.cast(), PAGE) };
        }
    }
}

/// Overwrites memory in a way that is not optimized away.
pub(crate) fn wipe(number: &mut u32) {
    // SAFETY: a reference is valid for writing.
    unsafe { (&raw mut *number).write_volatile(0) };
}

/// A system call of five arguments, with the number at `sixth` as its sixth: loaded into the register for this instruction, and gone
/// from there when it returns, in a forked child as well.
///
/// # Safety
/// As for the call itself; `sixth` is readable.
pub(super) unsafe fn call_with_sixth(number: libc::c_long, arguments: [usize; 5], sixth: NonNull<u64>) -> i64 {
    let [a, b, c, d, e] = arguments;
    let result: i64;
    // SAFETY: the caller's promise; the registers are those of the kernel's convention (syscall(2)).
    unsafe {
        #[cfg(target_arch = "x86_64")]
        std::arch::asm!(
            "mov r9, [{sixth}]",
            "syscall",
            "xor r9d, r9d",
            sixth = in(reg) sixth.as_ptr(),
            inlateout("rax") number => result,
            in("rdi") a, in("rsi") b, in("rdx") c, in("r10") d, in("r8") e,
            out("r9") _, out("rcx") _, out("r11") _,
            options(nostack),
        );
        #[cfg(target_arch = "aarch64")]
        std::arch::asm!(
            "ldr x5, [{sixth}]",
            "svc 0",
            "mov x5, xzr",
            sixth = in(reg) sixth.as_ptr(),
            in("x8") number, inlateout("x0") a => result,
            in("x1") b, in("x2") c, in("x3") d, in("x4") e, out("x5") _,
            options(nostack),
        );
    }
    result
}
