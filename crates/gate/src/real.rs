//! What the C library itself has under a name that is ours as well.

use core::{
    ffi::{CStr, c_char, c_void},
    ptr,
    sync::atomic::{AtomicPtr, Ordering::Relaxed},
};

/// The version under which it has what it has had ever since it is there.
#[cfg(target_arch = "x86_64")]
const VERSION: &CStr = c"GLIBC_2.2.5";
#[cfg(target_arch = "aarch64")]
const VERSION: &CStr = c"GLIBC_2.17";

#[link(name = "dl")]
unsafe extern "C" {
    fn dlvsym(handle: *mut c_void, name: *const c_char, version: *const c_char) -> *mut c_void;
}

/// A function of it, which is looked for once.
pub(crate) struct Real {
    name: &'static CStr,
    found: AtomicPtr<c_void>,
}

impl Real {
    pub(crate) const fn new(name: &'static CStr) -> Real {
        Real { name, found: AtomicPtr::new(ptr::null_mut()) }
    }

    /// Null when there is none.
    pub(crate) fn find(&self) -> *mut c_void {
        let mut found = self.found.load(Relaxed);
        if found.is_null() {
            // SAFETY: two texts.
            found = unsafe { dlvsym(libc::RTLD_NEXT, self.name.as_ptr(), VERSION.as_ptr()) };
            self.found.store(found, Relaxed);
        }
        found
    }
}
