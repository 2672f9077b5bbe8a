//! A shared library that an interpreter loads which was started ahead of need, see `launcher/standby.rs` of `codecanvas-sandbox`. What
//! the interpreter's own language cannot do is done here, by no more than loading it: it says that it is ready, waits for the program
//! that is to come, puts that one's streams in place of its own and takes its limits. It has nothing to offer, so that the interpreter
//! lets go of it again and no trace of it is left. `build.rs` puts this library into the program.

use std::{mem, ptr};

/// Where the sandbox's init is.
const INIT: libc::c_int = 60;

/// The variable that made the interpreter come here; the last of its environment.
const VARIABLE: &std::ffi::CStr = c"NODE_OPTIONS";

/// What init sends with the streams: so many limits count, each the number of a resource and what it may be at most.
#[repr(C)]
struct Terms {
    count: u64,
    limits: [[u64; 2]; 15],
}

/// Called by the loader (System V ABI, `.init_array`).
#[used]
#[unsafe(link_section = ".init_array")]
static LOADED: extern "C" fn() = loaded;

extern "C" fn loaded() {
    forget_variable();
    if wait().is_none() {
        // Init sees that and says so; the program is then executed in another sandbox.
        // SAFETY: it ends this process.
        unsafe { libc::_exit(1) }
    }
}

/// Takes the variable out of the environment, and its text out of the memory that /proc shows.
fn forget_variable() {
    // SAFETY: the one thread of the interpreter that uses the environment is this one, and the text stays where it is when the
    // variable is unset: the kernel put it there. The name and `=` precede the value.
    unsafe {
        let value = libc::getenv(VARIABLE.as_ptr());
        if !value.is_null() {
            let (before, length) = (VARIABLE.to_bytes().len() + 1, libc::strlen(value));
            libc::unsetenv(VARIABLE.as_ptr());
            ptr::write_bytes(value.sub(before), 0, before + length);
        }
    }
}

fn wait() -> Option<()> {
    // SAFETY: one byte is read from a constant.
    let said = unsafe { libc::send(INIT, c"r".as_ptr().cast(), 1, libc::MSG_NOSIGNAL) };
    if said != 1 {
        return None;
    }
    let (terms, streams) = receive()?;
    for (number, stream) in (0..).zip(streams) {
        // SAFETY: plain descriptors; those of the standard streams are nobody's yet.
        if unsafe { libc::dup2(stream, number) } < 0 || unsafe { libc::close(stream) } < 0 {
            return None;
        }
    }
    let count = usize::try_from(terms.count).ok()?;
    terms.limits.get(..count)?.iter().try_for_each(|[resource, value]| limit(u32::try_from(*resource).ok()?, *value))
}

fn receive() -> Option<(Terms, [libc::c_int; 3])> {
    // SAFETY: all of these are plain data, for which zero is valid; the pointers are to them and live as long as the call.
    unsafe {
        let mut terms: Terms = mem::zeroed();
        // For alignment, of words.
        let mut control = [0u64; 16];
        let mut part = libc::iovec { iov_base: (&raw mut terms).cast(), iov_len: size_of::<Terms>() };
        let mut message: libc::msghdr = mem::zeroed();
        message.msg_iov = &raw mut part;
        message.msg_iovlen = 1;
        message.msg_control = control.as_mut_ptr().cast();
        message.msg_controllen = size_of_val(&control) as _;
        let length = loop {
            let length = libc::recvmsg(INIT, &raw mut message, libc::MSG_WAITALL | libc::MSG_CMSG_CLOEXEC);
            if length >= 0 || *libc::__errno_location() != libc::EINTR {
                break length;
            }
        };
        let header = libc::CMSG_FIRSTHDR(&raw const message);
        let expected = libc::CMSG_LEN(size_of::<[libc::c_int; 3]>() as u32) as usize;
        if length != size_of::<Terms>() as isize || header.is_null() || (*header).cmsg_len as usize != expected {
            return None;
        }
        let is_streams = (*header).cmsg_level == libc::SOL_SOCKET && (*header).cmsg_type == libc::SCM_RIGHTS;
        is_streams.then(|| (terms, libc::CMSG_DATA(header).cast::<[libc::c_int; 3]>().read_unaligned()))
    }
}

/// A limit can be lowered by whoever has it, and raised by nobody here.
fn limit(resource: u32, most: u64) -> Option<()> {
    // SAFETY: the pointers are to a structure that the kernel fills, or reads.
    unsafe {
        let mut now: libc::rlimit = mem::zeroed();
        if libc::getrlimit(resource as _, &raw mut now) != 0 {
            return None;
        }
        let most = most.min(now.rlim_max);
        let wanted = libc::rlimit { rlim_cur: most, rlim_max: most };
        (libc::setrlimit(resource as _, &raw const wanted) == 0).then_some(())
    }
}
