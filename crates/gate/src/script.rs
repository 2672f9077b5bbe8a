//! An interpreter of scripts that is started ahead. It waits when it would have the script, whose name ends its command line: PHP when
//! it opens it, which it does when it is set up. Ruby opens it early, looks at its beginning, and is set up then (`ruby.rs`).

use core::{
    ffi::{CStr, c_char, c_int, c_uint, c_void},
    mem, ptr,
};

use crate::{gate, real::Real, ruby};

/// Waits if that is the script, which is not there yet. What is open in its place, if something is.
///
/// # Safety
/// `path` is null or a text.
unsafe fn wait_for_script(path: *const c_char) -> Option<c_int> {
    let (interpreter, script) = gate::waiting()?;
    // SAFETY: as promised.
    if path.is_null() || unsafe { CStr::from_ptr(path) } != script {
        return None;
    }
    if ruby::is(interpreter) {
        return Some(ruby::open());
    }
    gate::wait_and_pass();
    None
}

/// In place of the C library's. The mode is there when the flags want it.
///
/// # Safety
/// As of open(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open(path: *const c_char, flags: c_int, mode: c_uint) -> c_int {
    // SAFETY: these are what the caller answers for.
    unsafe { wait_for_script(path).unwrap_or_else(|| libc::openat(libc::AT_FDCWD, path, flags, mode)) }
}

/// The same on 64-bit machines.
///
/// # Safety
/// As of open(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open64(path: *const c_char, flags: c_int, mode: c_uint) -> c_int {
    // SAFETY: these are what the caller answers for.
    unsafe { open(path, flags, mode) }
}

type Open = unsafe extern "C" fn(*const c_char, *const c_char) -> *mut c_void;

/// # Safety
/// As of fopen(3).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fopen(path: *const c_char, mode: *const c_char) -> *mut c_void {
    static FOPEN: Real = Real::new(c"fopen");
    // SAFETY: these are what the caller answers for, and the C library has a function of this kind.
    unsafe {
        wait_for_script(path);
        mem::transmute::<*mut c_void, Option<Open>>(FOPEN.find()).map_or(ptr::null_mut(), |fopen| fopen(path, mode))
    }
}

/// The same on 64-bit machines.
///
/// # Safety
/// As of fopen(3).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fopen64(path: *const c_char, mode: *const c_char) -> *mut c_void {
    // SAFETY: these are what the caller answers for.
    unsafe { fopen(path, mode) }
}
