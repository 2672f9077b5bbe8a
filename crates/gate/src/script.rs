//! An interpreter of scripts that is started ahead. It waits when it would have the script, whose name ends its command line: PHP when
//! it opens it, which it does when it is set up. Ruby opens it early, looks at its beginning, and is set up then (`ruby.rs`).

use core::{
    ffi::{CStr, c_char, c_int, c_uint, c_void},
    mem, ptr,
    sync::atomic::{AtomicBool, AtomicPtr, Ordering::Relaxed},
};

use crate::{gate, real::Real, ruby};

/// The script's name, which the kernel put beside the stack; null when nothing is waited for.
static SCRIPT: AtomicPtr<c_char> = AtomicPtr::new(ptr::null_mut());
static IS_RUBY: AtomicBool = AtomicBool::new(false);

/// From now on the first who opens this file waits.
pub(crate) fn expect(interpreter: &CStr, script: *mut c_char) {
    IS_RUBY.store(ruby::is(interpreter), Relaxed);
    SCRIPT.store(script, Relaxed);
}

/// The script, if that is its name. Only the first who asks for it gets it.
///
/// # Safety
/// `path` is null or a text.
unsafe fn take_script(path: *const c_char) -> Option<*mut c_char> {
    let script = SCRIPT.load(Relaxed);
    // SAFETY: as promised; the other one is an argument of this process.
    if script.is_null() || path.is_null() || unsafe { CStr::from_ptr(path) != CStr::from_ptr(script) } {
        return None;
    }
    SCRIPT.store(ptr::null_mut(), Relaxed);
    Some(script)
}

fn wait() {
    gate::wait_or_end();
    gate::pass_or_end();
}

/// In place of the C library's. The mode is there when the flags want it.
///
/// # Safety
/// As of open(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open(path: *const c_char, flags: c_int, mode: c_uint) -> c_int {
    // SAFETY: these are what the caller answers for.
    unsafe { open_script(path).unwrap_or_else(|| libc::openat(libc::AT_FDCWD, path, flags, mode)) }
}

/// # Safety
/// As of open(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open64(path: *const c_char, flags: c_int, mode: c_uint) -> c_int {
    // SAFETY: these are what the caller answers for.
    unsafe { open_script(path).unwrap_or_else(|| libc::openat64(libc::AT_FDCWD, path, flags, mode)) }
}

/// What is opened in place of the script, if that is it and something is.
///
/// # Safety
/// `path` is null or a text.
unsafe fn open_script(path: *const c_char) -> Option<c_int> {
    // SAFETY: as promised.
    let script = unsafe { take_script(path) }?;
    if IS_RUBY.load(Relaxed) {
        return Some(ruby::open(script));
    }
    wait();
    None
}

type Open = unsafe extern "C" fn(*const c_char, *const c_char) -> *mut c_void;

/// # Safety
/// As of fopen(3).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fopen(path: *const c_char, mode: *const c_char) -> *mut c_void {
    static REAL: Real = Real::new(c"fopen");
    // SAFETY: these are what the caller answers for.
    unsafe {
        if take_script(path).is_some() {
            wait();
        }
        open_of(&REAL)(path, mode)
    }
}

/// # Safety
/// As of fopen(3).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fopen64(path: *const c_char, mode: *const c_char) -> *mut c_void {
    static REAL: Real = Real::new(c"fopen64");
    // SAFETY: these are what the caller answers for.
    unsafe {
        if take_script(path).is_some() {
            wait();
        }
        open_of(&REAL)(path, mode)
    }
}

/// The C library's own.
fn open_of(real: &Real) -> Open {
    // SAFETY: a function of this kind, if any.
    unsafe { mem::transmute::<*mut c_void, Option<Open>>(real.find()) }.unwrap_or(nothing)
}

unsafe extern "C" fn nothing(_: *const c_char, _: *const c_char) -> *mut c_void {
    ptr::null_mut()
}
