//! A shared library that is found at run time.

use std::{
    ffi::{CStr, CString, c_void},
    os::unix::ffi::OsStrExt,
    path::Path,
    ptr::NonNull,
};

/// A library that stays loaded.
#[derive(Debug)]
pub(crate) struct Library(NonNull<c_void>);

impl Library {
    /// Loads it, with its names for all libraries to come: modules of interpreters expect to find them (dlopen(3)).
    pub(crate) fn open(path: &Path) -> Result<Library, String> {
        let name = CString::new(path.as_os_str().as_bytes()).map_err(|_| "a NUL in a path".to_owned())?;
        // SAFETY: the name is a C string. What a library does when it is loaded is that of the host's own interpreter.
        let handle = unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW | libc::RTLD_GLOBAL) };
        NonNull::new(handle).map(Library).ok_or_else(reason)
    }

    /// The address of a function or a variable, as a pointer of type `P`.
    ///
    /// # Safety
    /// `P` is a pointer of the type that the library's documentation gives what has this name.
    pub(crate) unsafe fn symbol<P: Copy>(&self, name: &CStr) -> Result<P, String> {
        assert_eq!(size_of::<P>(), size_of::<*mut c_void>(), "not a pointer");
        // SAFETY: the handle is of a library that stays loaded, the name a C string.
        let address = unsafe { libc::dlsym(self.0.as_ptr(), name.as_ptr()) };
        let address = NonNull::new(address).ok_or_else(reason)?;
        // SAFETY: the caller's promise, and the sizes are equal.
        Ok(unsafe { std::mem::transmute_copy(&address) })
    }
}

fn reason() -> String {
    // SAFETY: the text is valid until the next call of this family, and this process has one thread.
    let text = unsafe { libc::dlerror() };
    match NonNull::new(text) {
        // SAFETY: what dlerror gives is a C string.
        Some(text) => unsafe { CStr::from_ptr(text.as_ptr()) }.to_string_lossy().into_owned(),
        None => "not found".to_owned(),
    }
}
