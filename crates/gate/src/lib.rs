//! A shared library that an interpreter loads which was started ahead of need, see `launcher/standby.rs` of `codecanvas-sandbox`. What
//! the interpreter's own language cannot do is done here: it says that it is ready, waits for the program that is to come, puts that
//! one's streams in place of its own and takes its limits; at the end it spares the program's client the time in which the kernel takes
//! back memory (`parting.rs`). `build.rs` puts this library into the program.
//!
//! How the interpreter comes here is told by the variable that made it load this. Node.js does that from `gate.js`, and waits by no more
//! than loading it; it has nothing to offer, so that it is let go of again and no trace of it is left. The others are preloaded with it
//! and come back when they are set up: a JVM when it has been created (`jvm.rs`), Ruby and PHP when they open their script (`script.rs`).

// As `build.rs` builds it: whatever else it needed would be in the interpreter's memory too.
#![cfg_attr(panic = "abort", no_std)]

mod gate;
mod jvm;
mod parting;
mod real;
mod ruby;
mod script;

use core::{
    ffi::{CStr, c_char, c_int},
    ptr,
};

#[link(name = "c")]
unsafe extern "C" {}

#[cfg(panic = "abort")]
#[panic_handler]
fn panicked(_: &core::panic::PanicInfo<'_>) -> ! {
    gate::end()
}

/// Called by the loader (System V ABI, `.init_array`; the C library's passes what `main` is given).
#[used]
#[unsafe(link_section = ".init_array")]
static LOADED: extern "C" fn(c_int, *mut *mut c_char) = loaded;

extern "C" fn loaded(count: c_int, arguments: *mut *mut c_char) {
    // Children of the program that comes are to know nothing of it.
    if forget_variable(c"LD_PRELOAD") && count > 0 {
        parting::arrange(false);
        // SAFETY: there are so many.
        unsafe { gate::shut(arguments, count as usize) };
    }
    if forget_variable(c"NODE_OPTIONS") {
        parting::arrange(true);
        gate::wait_or_end();
    }
}

/// Takes a variable out of the environment, of which it is the last, and its text out of the memory that /proc shows. Whether it was
/// there.
fn forget_variable(name: &CStr) -> bool {
    // SAFETY: the one thread of the interpreter that uses the environment is this one, and the text stays where it is when the
    // variable is unset: the kernel put it there. The name and `=` precede the value.
    unsafe {
        let value = libc::getenv(name.as_ptr());
        if !value.is_null() {
            let (before, length) = (name.to_bytes().len() + 1, libc::strlen(value));
            libc::unsetenv(name.as_ptr());
            ptr::write_bytes(value.sub(before), 0, before + length);
        }
        !value.is_null()
    }
}
