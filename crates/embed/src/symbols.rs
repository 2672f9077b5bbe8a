//! The functions and variables of whatever is loaded in this process, found by their names at run time.

use std::{
    ffi::{CStr, c_void},
    ptr::NonNull,
};

/// The address of a function or a variable of this program or of one of its libraries, as a pointer of type `P`.
///
/// # Safety
/// `P` is a pointer of the type that the documentation gives what has this name.
pub(crate) unsafe fn symbol<P: Copy>(name: &CStr) -> Result<P, String> {
    assert_eq!(size_of::<P>(), size_of::<*mut c_void>(), "not a pointer");
    // SAFETY: the name is a C string.
    let address = unsafe { libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr()) };
    let address = NonNull::new(address).ok_or_else(|| format!("{name:?} is not there"))?;
    // SAFETY: the caller's promise, and the sizes are equal.
    Ok(unsafe { std::mem::transmute_copy(&address) })
}
