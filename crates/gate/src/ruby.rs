//! Ruby: it opens its script first, reads the beginning to see whether there is a line `#!`, sets itself up, which takes most of its
//! start, and then reads on. So the beginning that it reads is a byte order mark, which says nothing and of which it takes no notice, and
//! it waits when it reads on. What a first line would have told it too late has it start anew, in place.

use core::{
    ffi::{CStr, c_int, c_void},
    mem, ptr,
    sync::atomic::{AtomicI32, Ordering::Relaxed},
};

use crate::{gate, real::Real};

/// What is open in place of the script until that is there: some file.
const PLACEHOLDER: &CStr = c"/etc/standby/gate.so";

const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The descriptor of that, until it is the script's.
static DESCRIPTOR: AtomicI32 = AtomicI32::new(NONE);
const NONE: c_int = -1;

/// Whether that is the name of a Ruby.
pub(crate) fn is(interpreter: &CStr) -> bool {
    let path = interpreter.to_bytes();
    let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or(path);
    name.starts_with(b"ruby")
}

/// Opens what is there in place of the script.
pub(crate) fn open() -> c_int {
    // SAFETY: a constant path.
    let descriptor = unsafe { libc::openat(libc::AT_FDCWD, PLACEHOLDER.as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC) };
    DESCRIPTOR.store(descriptor, Relaxed);
    descriptor
}

type Read = unsafe extern "C" fn(c_int, *mut c_void, usize) -> isize;

/// In place of the C library's.
///
/// # Safety
/// As of read(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn read(descriptor: c_int, buffer: *mut c_void, length: usize) -> isize {
    static REAL: Real = Real::new(c"read");
    if descriptor != NONE
        && descriptor == DESCRIPTOR.load(Relaxed)
        && let Some((_, script)) = gate::waiting()
    {
        // SAFETY: a plain descriptor.
        let has_begun = unsafe { libc::lseek(descriptor, 0, libc::SEEK_CUR) } != 0;
        if !has_begun && length >= MARK.len() {
            // SAFETY: there is room for so many bytes.
            unsafe {
                libc::lseek(descriptor, 1, libc::SEEK_SET);
                ptr::copy_nonoverlapping(MARK.as_ptr(), buffer.cast(), MARK.len());
            }
            return MARK.len() as isize;
        }
        gate::wait_and_pass();
        if !put_script(script, descriptor) {
            gate::execute_anew();
        }
    }
    // SAFETY: these are what the caller answers for.
    unsafe { mem::transmute::<*mut c_void, Option<Read>>(REAL.find()).map_or(-1, |read| read(descriptor, buffer, length)) }
}

/// Has the script under this descriptor. Whether Ruby can go on with it.
fn put_script(name: &CStr, descriptor: c_int) -> bool {
    let mut start = [0; 512];
    // SAFETY: the descriptors are plain, and the pointer is to as many bytes as are read.
    unsafe {
        let script = libc::openat(libc::AT_FDCWD, name.as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC);
        let length = libc::pread(script, start.as_mut_ptr().cast(), start.len(), 0);
        let is_there = script >= 0 && libc::dup3(script, descriptor, libc::O_CLOEXEC) >= 0 && libc::close(script) == 0;
        is_there && usize::try_from(length).is_ok_and(|length| length > 0 && says_nothing(&start[..length]))
    }
}

/// Whether there is nothing at the beginning that Ruby looks for when it opens a script: options, another language, or an encoding behind
/// a line `#!`, which the mark would have it miss.
fn says_nothing(start: &[u8]) -> bool {
    let mut lines = start.split(|byte| *byte == b'\n');
    match (lines.next(), lines.next()) {
        (Some(first), Some(second)) if first.starts_with(b"#!") => {
            has(first, b"ruby") && !has(first, b" -") && !has(second, b"coding")
        }
        _ => !start.starts_with(b"#!") && !start.starts_with(MARK),
    }
}

fn has(line: &[u8], word: &[u8]) -> bool {
    line.windows(word.len()).any(|part| part == word)
}
