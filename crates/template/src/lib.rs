//! A shared library that is preloaded into an interpreter's own program and takes over before that one's `main`: the process is the
//! interpreter's by all that can be seen of it (its program, its command line, its memory), and it serves as a template, see
//! `launcher/template.rs` of `codecanvas-sandbox`. `build.rs` puts this library into the program.
//!
//! ```text
//! _start of the interpreter ─→ __libc_start_main (here) ─→ the C library's own, with another main
//! ```

use std::ffi::{c_char, c_int, c_void};

type Main = extern "C" fn(c_int, *mut *mut c_char, *mut *mut c_char) -> c_int;
type Hook = Option<extern "C" fn()>;
type Start = unsafe extern "C" fn(Main, c_int, *mut *mut c_char, Hook, Hook, Hook, *mut c_void) -> c_int;

/// What every program calls first (Linux Standard Base, `__libc_start_main`).
///
/// # Safety
/// Called by a program's start code alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn __libc_start_main(
    _main: Main,
    argc: c_int,
    argv: *mut *mut c_char,
    init: Hook,
    fini: Hook,
    rtld_fini: Hook,
    stack_end: *mut c_void,
) -> c_int {
    // SAFETY: the name is a C string; the C library's function has this type.
    let start: Option<Start> = unsafe { std::mem::transmute(libc::dlsym(libc::RTLD_NEXT, c"__libc_start_main".as_ptr())) };
    match start {
        // SAFETY: all but the main function is what the start code gave.
        Some(start) => unsafe { start(template, argc, argv, init, fini, rtld_fini, stack_end) },
        None => std::process::abort(),
    }
}

extern "C" fn template(_argc: c_int, _argv: *mut *mut c_char, _environment: *mut *mut c_char) -> c_int {
    codecanvas_sandbox::serve_as_template()
}
