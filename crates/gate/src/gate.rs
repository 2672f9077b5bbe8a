//! The gate: where the process waits, and what it takes when it may pass.

use core::{
    ffi::{CStr, c_char},
    mem, ptr,
    sync::atomic::{AtomicPtr, Ordering::Relaxed},
};

/// Where the sandbox's init is.
const INIT: libc::c_int = 60;

/// What init sends with the streams: so many limits count, each the number of a resource and what it may be at most.
#[repr(C)]
struct Terms {
    count: u64,
    limits: [[u64; 2]; 15],
}

/// Waits until there is a program, and goes on with its streams and limits.
pub(crate) fn wait_or_end() {
    if wait().is_none() {
        end();
    }
}

/// The command line of an interpreter that was preloaded, and the last word of it, as long as it has not passed. (PHP writes over the list.)
static ARGUMENTS: AtomicPtr<*mut c_char> = AtomicPtr::new(ptr::null_mut());
static LAST: AtomicPtr<c_char> = AtomicPtr::new(ptr::null_mut());

/// The interpreter with this command line is to wait when it comes here.
///
/// # Safety
/// These are the arguments that the C library was given, so many.
pub(crate) unsafe fn shut(arguments: *mut *mut c_char, count: usize) {
    ARGUMENTS.store(arguments, Relaxed);
    // SAFETY: as promised.
    LAST.store(unsafe { *arguments.add(count - 1) }, Relaxed);
}

/// What it was started as and what its command line ends with, until it has passed.
pub(crate) fn waiting() -> Option<(&'static CStr, &'static CStr)> {
    let last = LAST.load(Relaxed);
    // SAFETY: both are texts that stay where they are.
    (!last.is_null()).then(|| unsafe { (CStr::from_ptr(*ARGUMENTS.load(Relaxed)), CStr::from_ptr(last)) })
}

/// Waits until there is a program, for an interpreter that has no use for the words that init sends; from then on nothing here concerns it.
pub(crate) fn wait_and_pass() {
    wait_or_end();
    if pass().is_none() {
        end();
    }
    LAST.store(ptr::null_mut(), Relaxed);
}

/// Init sees that and says so; the program is then executed in another sandbox.
pub(crate) fn end() -> ! {
    // SAFETY: it ends this process.
    unsafe { libc::_exit(1) }
}

/// Executes the interpreter once more, which finds its streams, limits and files in place: for a program that it would have to have known
/// earlier.
pub(crate) fn execute_anew() -> ! {
    unsafe extern "C" {
        static environ: *const *const c_char;
    }
    // SAFETY: a constant path, and the arguments and environment as the kernel put them there.
    unsafe { libc::execve(c"/proc/self/exe".as_ptr(), ARGUMENTS.load(Relaxed).cast_const().cast(), environ) };
    end()
}

fn wait() -> Option<()> {
    say(c"r")?;
    let (terms, streams) = receive()?;
    for (number, stream) in (0..).zip(streams) {
        // SAFETY: plain descriptors; those of the standard streams are nobody's yet.
        if unsafe { libc::dup2(stream, number) } < 0 || unsafe { libc::close(stream) } < 0 {
            return None;
        }
    }
    let count = usize::try_from(terms.count).ok()?;
    terms.limits.get(..count)?.iter().try_for_each(|[resource, value]| limit(u32::try_from(*resource).ok()?, *value))?;
    // The program's files may be in a file system that was mounted meanwhile.
    // SAFETY: a constant path.
    (unsafe { libc::chdir(c"/work".as_ptr()) } == 0).then_some(())
}

fn pass() -> Option<()> {
    let mut words = [0_u8; 4096];
    loop {
        // SAFETY: the pointer is to as many bytes as are said.
        match unsafe { libc::read(INIT, words.as_mut_ptr().cast(), words.len()) } {
            0 => break,
            length if length < 0 => return None,
            _ => {}
        }
    }
    say(c"p")?;
    // SAFETY: nobody uses it any more.
    (unsafe { libc::close(INIT) } == 0).then_some(())
}

fn say(word: &CStr) -> Option<()> {
    // SAFETY: one byte is read from a text that has one.
    (unsafe { libc::send(INIT, word.as_ptr().cast(), 1, libc::MSG_NOSIGNAL) } == 1).then_some(())
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
