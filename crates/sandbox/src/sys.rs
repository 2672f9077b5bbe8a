//! The kernel's calls that no library wraps, each as a small safe function.

use std::{
    ffi::{CString, OsStr},
    io,
    os::{
        fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd},
        unix::ffi::OsStrExt,
    },
    ptr,
    time::Duration,
};

use rustix::{io::Errno, process::Pid};

mod capabilities;
pub(crate) mod mounts;
pub(crate) mod secret;
pub(crate) mod words;

pub(crate) use capabilities::{bar_capabilities, drop_capabilities, raise_ambient_capabilities};
pub(crate) use words::forget_variable;

/// Turns the result of a libc call into ours.
fn check(result: i64) -> Result<i64, Errno> {
    if result < 0 { Err(Errno::from_io_error(&io::Error::last_os_error()).unwrap_or(Errno::IO)) } else { Ok(result) }
}

/// A call that the filter lets through only with the key (see `seccomp`), in its sixth argument.
///
/// # Safety
/// As for the call itself: pointers among the arguments must be what it expects.
unsafe fn keyed(number: libc::c_long, arguments: [usize; 5]) -> Result<i64, Errno> {
    // SAFETY: the caller's promise; the sixth argument is ignored by the kernel's call.
    let result = unsafe { secret::call_with_sixth(number, arguments, crate::seccomp::key().get()) };
    if result < 0 { Err(Errno::from_raw_os_error(-result as i32)) } else { Ok(result) }
}

/// A path or name as the kernel wants it.
fn c_string(text: &OsStr) -> Result<CString, Errno> {
    CString::new(text.as_bytes()).map_err(|_| Errno::INVAL)
}

/// A descriptor that a call has just made for us.
fn made(fd: i64) -> OwnedFd {
    // SAFETY: only called with what the kernel has just returned as a new descriptor.
    unsafe { OwnedFd::from_raw_fd(fd as RawFd) }
}

/// What came with one packet.
pub(crate) struct Received {
    pub(crate) bytes: usize,
    pub(crate) fds: Vec<OwnedFd>,
    /// Whether all of it was as large as it may be, and nothing came that nobody asked for.
    pub(crate) whole: bool,
}

/// Receives a packet and at most `FDS` descriptors (recvmsg(2), cmsg(3)).
///
/// A peer that has kept a copy of our side of the socket can have the kernel add a descriptor of its own to every packet
/// (SO_PASSPIDFD of unix(7)). Libraries pass such a message over, and the descriptor stays open for ever: here it is closed.
///
/// `EMFILE` means that the packet was taken, and some of its descriptors are lost.
pub(crate) fn receive_message<const FDS: usize>(
    socket: BorrowedFd<'_>,
    buffer: &mut [u8],
    flags: rustix::net::RecvFlags,
) -> Result<Received, Errno> {
    // Room for as many, in units that are aligned as a header has to be.
    let mut space = [const { 0 as libc::c_long }; 16];
    // SAFETY: CMSG_SPACE only calculates.
    let room = unsafe { libc::CMSG_SPACE((FDS * size_of::<RawFd>()) as u32) } as usize;
    assert!(room <= size_of_val(&space), "more descriptors than there is room for");
    let mut piece = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    // SAFETY: msghdr is integers and pointers, for which zero is valid.
    let mut head: libc::msghdr = unsafe { std::mem::zeroed() };
    (head.msg_iov, head.msg_iovlen) = (&raw mut piece, 1);
    (head.msg_control, head.msg_controllen) = (space.as_mut_ptr().cast(), room as _);
    // SAFETY: the kernel writes into `buffer` and `space`, at most as much as each holds, and both live on.
    let bytes = check(unsafe { libc::recvmsg(socket.as_raw_fd(), &raw mut head, flags.bits() as i32) } as i64)? as usize;
    let (mut fds, mut strange) = (Vec::new(), false);
    // SAFETY: `head` is as the kernel left it, so the macros stay within what it wrote; data need not be aligned.
    unsafe {
        let mut message = libc::CMSG_FIRSTHDR(&raw const head);
        while let Some(found) = message.as_ref() {
            let length = found.cmsg_len - libc::CMSG_LEN(0) as usize;
            let data = libc::CMSG_DATA(message).cast::<RawFd>();
            let is_rights = found.cmsg_level == libc::SOL_SOCKET && found.cmsg_type == libc::SCM_RIGHTS;
            let is_pidfd = found.cmsg_level == libc::SOL_SOCKET && found.cmsg_type == SCM_PIDFD;
            if is_rights || is_pidfd {
                fds.extend(
                    (0..length / size_of::<RawFd>()).map(|index| OwnedFd::from_raw_fd(data.add(index).read_unaligned())),
                );
            }
            strange |= !is_rights;
            message = libc::CMSG_NXTHDR(&raw const head, message);
        }
    }
    let lacks = |flag| head.msg_flags & flag != 0;
    if !strange && lacks(libc::MSG_CTRUNC) && fds.len() < FDS {
        // There was room for its number, but not for itself: this process may have no more.
        return Err(Errno::MFILE);
    }
    let whole = !strange && !lacks(libc::MSG_TRUNC) && !lacks(libc::MSG_CTRUNC);
    Ok(Received { bytes, fds, whole })
}

/// A number of linux/socket.h that libc lacks.
const SCM_PIDFD: i32 = 4;

/// Has the kernel add a descriptor of the sender to everything that comes on this socket; `false` where it cannot.
#[cfg(test)]
pub(crate) fn pass_pidfds(socket: BorrowedFd<'_>) -> bool {
    const SO_PASSPIDFD: i32 = 76;
    let yes = 1i32;
    let length = size_of_val(&yes) as libc::socklen_t;
    // SAFETY: the kernel reads one integer, which the pointer is to.
    unsafe { libc::setsockopt(socket.as_raw_fd(), libc::SOL_SOCKET, SO_PASSPIDFD, (&raw const yes).cast(), length) == 0 }
}

/// Which side of a fork one is on.
pub(crate) enum Forked {
    /// The new process.
    Child,
    /// The old one: the new one's id and a descriptor for it.
    Parent(Pid, OwnedFd),
}

/// Forks into the namespaces of `flags` (clone(2)).
///
/// Only for processes with one thread: the child may then do all that its parent could.
pub(crate) fn fork(flags: i32) -> Result<Forked, Errno> {
    let mut pidfd: RawFd = -1;
    let flags = (flags | libc::CLONE_PIDFD | libc::SIGCHLD) as u32 as usize;
    // SAFETY: without CLONE_VM the child gets a copy of the memory, as with fork(2), and goes on on its own copy of the stack (the
    // null in the second argument). The process has one thread, so no lock is held by a thread that the child lacks. The kernel
    // writes the descriptor through the third argument.
    match unsafe { keyed(libc::SYS_clone, [flags, 0, &raw mut pidfd as usize, 0, 0]) }? {
        0 => Ok(Forked::Child),
        pid => Ok(Forked::Parent(Pid::from_raw(pid as i32).ok_or(Errno::IO)?, made(pidfd.into()))),
    }
}

/// Forks a process that runs `child` in this process's own memory, and waits until it has executed a program or ended,
/// with what `child` returns as exit code (clone(2), CLONE_VM and CLONE_VFORK). Descriptors, signals, ids and the rest are its own.
pub(crate) fn fork_sharing_memory(child: &dyn Fn() -> i32) -> Result<(Pid, OwnedFd), Errno> {
    const STACK: usize = 256 << 10;
    extern "C" fn enter(child: *mut libc::c_void) -> libc::c_int {
        // SAFETY: `child` points to the reference below, in the frame of the parent, which waits.
        let child = unsafe { &*child.cast::<&dyn Fn() -> i32>() };
        child()
    }
    let mut stack = Vec::<u128>::with_capacity(STACK / size_of::<u128>());
    // SAFETY: one past the end of the allocation, which is aligned to 16 bytes as the ABI wants of a stack.
    let top = unsafe { stack.as_mut_ptr().add(stack.capacity()) };
    let argument = (&raw const child).cast_mut();
    let mut pidfd: RawFd = -1;
    let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::CLONE_PIDFD | libc::SIGCHLD;
    // SAFETY: the child has a stack of its own, and this thread, the only one, does not go on before the child has let go of the
    // memory, so nothing is used by both at a time. The kernel writes the descriptor through the last argument.
    let pid = unsafe { libc::clone(enter, top.cast(), flags, argument.cast(), &raw mut pidfd) };
    let pid = Pid::from_raw(check(pid.into())? as i32).ok_or(Errno::IO)?;
    Ok((pid, made(pidfd.into())))
}

/// Forks as the C library does, which keeps its own books of the process: for a child that goes on without execve (fork(3)).
pub(crate) fn fork_by_library() -> Result<Forked, Errno> {
    // SAFETY: the process has one thread, so the child may do all that its parent could.
    match check(unsafe { libc::fork() }.into())? {
        0 => Ok(Forked::Child),
        pid => {
            let pid = Pid::from_raw(pid as i32).ok_or(Errno::IO)?;
            // It is nobody else's to wait for: the number is its own until then.
            Ok(Forked::Parent(pid, rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty())?))
        }
    }
}

/// Ends this process with what its C library has not written yet, but without what libraries do at the end: they would take apart
/// memory that is shared with others.
pub(crate) fn leave(code: i32) -> ! {
    // SAFETY: a null pointer means all streams.
    unsafe { libc::fflush(ptr::null_mut()) };
    exit(code)
}

/// How large the stack of a thread is by default: as large as the C library makes it when a program is executed with this limit for
/// the main thread's (pthread_create(3)).
pub(crate) fn size_stacks_of_threads(limit: u64) {
    #[cfg(target_env = "gnu")]
    {
        unsafe extern "C" {
            fn pthread_setattr_default_np(attributes: *const libc::pthread_attr_t) -> libc::c_int;
        }
        const LARGEST: u64 = 1 << 40;
        // SAFETY: the attributes are initialized before they are used. A size that is refused changes nothing.
        unsafe {
            let mut attributes: libc::pthread_attr_t = std::mem::zeroed();
            if limit < LARGEST && libc::pthread_attr_init(&mut attributes) == 0 {
                libc::pthread_attr_setstacksize(&mut attributes, limit as usize & !0xfff);
                pthread_setattr_default_np(&attributes);
                libc::pthread_attr_destroy(&mut attributes);
            }
        }
    }
}

/// Leaves namespaces behind for new ones (unshare(2)).
pub(crate) fn unshare(flags: i32) -> Result<(), Errno> {
    // SAFETY: no flag used here (namespaces only) touches memory or descriptors.
    unsafe { keyed(libc::SYS_unshare, [flags as usize, 0, 0, 0, 0]) }.map(drop)
}

/// Sets the host's name, as this uts namespace has it (sethostname(2)).
pub(crate) fn set_host_name(name: &str) -> Result<(), Errno> {
    // SAFETY: pointer and length are those of a string.
    unsafe { keyed(libc::SYS_sethostname, [name.as_ptr() as usize, name.len(), 0, 0, 0]) }.map(drop)
}

/// Marks every descriptor from `first` on to be closed by execve (close_range(2), Linux 5.11).
pub(crate) fn close_on_exec_from(first: u32) -> Result<(), Errno> {
    // SAFETY: only flags of descriptors change, none is closed here.
    check(unsafe { libc::syscall(libc::SYS_close_range, first, u32::MAX, libc::CLOSE_RANGE_CLOEXEC) }).map(drop)
}

/// Makes a descriptor known under this number too, where execve leaves it open.
pub(crate) fn duplicate_as(fd: &OwnedFd, number: RawFd) -> Result<(), Errno> {
    // SAFETY: the caller is a forked process, in which nobody else has that number.
    check(unsafe { libc::dup2(fd.as_raw_fd(), number) }.into()).map(drop)
}

/// Closes every descriptor but 0, 1, 2 and those in `keep` (close_range(2), Linux 5.9).
pub(crate) fn close_all_but(keep: &[BorrowedFd<'_>]) -> Result<(), Errno> {
    let mut kept: Vec<u32> = keep.iter().map(|fd| fd.as_raw_fd() as u32).collect();
    kept.sort_unstable();
    let mut first = 3;
    for fd in kept {
        if first < fd {
            // SAFETY: the caller is a forked process that uses none of them from here on.
            check(unsafe { libc::syscall(libc::SYS_close_range, first, fd - 1, 0) })?;
        }
        first = fd + 1;
    }
    // SAFETY: as above.
    check(unsafe { libc::syscall(libc::SYS_close_range, first, u32::MAX, 0) }).map(drop)
}

/// Whether a read of this descriptor would not wait; of a process's descriptor: whether it has ended.
pub(crate) fn is_readable(fd: BorrowedFd<'_>) -> Result<bool, Errno> {
    is_readable_within(fd, Duration::ZERO)
}

/// The same, waiting for so long.
pub(crate) fn is_readable_within(fd: BorrowedFd<'_>, patience: Duration) -> Result<bool, Errno> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut fds = [PollFd::from_borrowed_fd(fd, PollFlags::IN)];
    let patience = Timespec { tv_sec: patience.as_secs() as i64, tv_nsec: patience.subsec_nanos().into() };
    Ok(rustix::io::retry_on_intr(|| poll(&mut fds, Some(&patience)))? > 0)
}

/// Whether the peer of this socket will send nothing more.
pub(crate) fn has_hung_up(socket: BorrowedFd<'_>) -> Result<bool, Errno> {
    hangs_up_within(socket, Duration::ZERO)
}

/// The same, waiting for so long.
pub(crate) fn hangs_up_within(socket: BorrowedFd<'_>, patience: Duration) -> Result<bool, Errno> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut fds = [PollFd::from_borrowed_fd(socket, PollFlags::RDHUP)];
    let patience = Timespec { tv_sec: patience.as_secs() as i64, tv_nsec: patience.subsec_nanos().into() };
    rustix::io::retry_on_intr(|| poll(&mut fds, Some(&patience)))?;
    Ok(fds[0].revents().intersects(PollFlags::RDHUP | PollFlags::HUP))
}

/// Has the kernel kill this process when its parent, the launcher, dies, which may have happened already (prctl(2), PR_SET_PDEATHSIG).
pub(crate) fn die_with(launcher: BorrowedFd<'_>) -> Result<(), Errno> {
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    if is_readable(launcher)? {
        exit(1);
    }
    Ok(())
}

/// Signals the process group that a process leads (pidfd_send_signal(2)); before Linux 6.9 the process alone.
pub(crate) fn signal_group(leader: BorrowedFd<'_>, signal: i32) -> Result<(), Errno> {
    const PIDFD_SIGNAL_PROCESS_GROUP: u32 = 1 << 2;
    match send_signal(leader, signal, PIDFD_SIGNAL_PROCESS_GROUP) {
        Err(Errno::INVAL) => signal_process(leader, signal),
        other => other,
    }
}

/// Signals one process alone.
pub(crate) fn signal_process(process: BorrowedFd<'_>, signal: i32) -> Result<(), Errno> {
    send_signal(process, signal, 0)
}

fn send_signal(process: BorrowedFd<'_>, signal: i32, flags: u32) -> Result<(), Errno> {
    let none = ptr::null::<libc::siginfo_t>();
    // SAFETY: the call takes integers and, as here, no information about the signal.
    check(unsafe { libc::syscall(libc::SYS_pidfd_send_signal, process.as_raw_fd(), signal, none, flags) }).map(drop)
}

/// Gives every signal its default and unblocks all, but ignores SIGPIPE: for the launcher, once. What it forks inherits that.
pub(crate) fn reset_signals() -> Result<(), Errno> {
    // SAFETY: the kernel reads a structure of four words (handler, flags, restorer, mask) of zeros; sigset_t is plain data; SIG_IGN is
    // valid for every signal.
    unsafe {
        // The kernel's own call, since the C library keeps two signals for itself. All zero is the default for every signal; KILL
        // and STOP cannot be set, which is no error.
        let default = [0u64; 4];
        for signal in 1..=64 {
            libc::syscall(libc::SYS_rt_sigaction, signal, default.as_ptr(), ptr::null_mut::<u64>(), 8);
        }
        libc::signal(libc::SIGPIPE, libc::SIG_IGN);
        let mut none: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&mut none);
        check(libc::sigprocmask(libc::SIG_SETMASK, &none, ptr::null_mut()).into()).map(drop)
    }
}

/// The ordinary way of running programs, whichever this process was started with (personality(2)).
pub(crate) fn ordinary_personality() -> Result<(), Errno> {
    // SAFETY: takes a plain integer.
    check(unsafe { libc::personality(0) }.into()).map(drop)
}

/// Gives SIGPIPE its default: the one signal that the launcher ignores and a program must not.
pub(crate) fn default_pipe_signal() -> Result<(), Errno> {
    // SAFETY: SIG_DFL is a valid disposition.
    if unsafe { libc::signal(libc::SIGPIPE, libc::SIG_DFL) } == libc::SIG_ERR { Err(Errno::INVAL) } else { Ok(()) }
}

/// Sets soft and hard limit of a resource (setrlimit(2)).
pub(crate) fn set_rlimit(resource: libc::__rlimit_resource_t, soft: u64, hard: u64) -> Result<(), Errno> {
    let limit = libc::rlimit { rlim_cur: soft, rlim_max: hard };
    // SAFETY: the pointer is to a valid struct.
    check(unsafe { libc::setrlimit(resource, &limit) }.into()).map(drop)
}

/// The hard limit of a resource.
pub(crate) fn hard_rlimit(resource: libc::__rlimit_resource_t) -> u64 {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the pointer is to a valid struct that the kernel fills.
    match unsafe { libc::getrlimit(resource, &mut limit) } {
        0 => limit.rlim_max,
        _ => 0,
    }
}

/// How a process ended, and what it and the children it waited for used.
pub(crate) struct Ended {
    /// The wait status, as of wait(2).
    pub(crate) status: i32,
    /// User and system time.
    pub(crate) cpu_time: Duration,
    /// Resident memory of the largest process, in bytes.
    pub(crate) largest_process: u64,
}

/// Waits for a child (`None`: any); `None` when there is none left to wait for.
pub(crate) fn wait(pid: Option<Pid>) -> Result<Option<(Pid, Ended)>, Errno> {
    let mut status = 0;
    // SAFETY: rusage is plain integers; both pointers are valid for the call.
    let (pid, usage) = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        (libc::wait4(pid.map_or(-1, |pid| pid.as_raw_nonzero().get()), &mut status, libc::__WALL, &mut usage), usage)
    };
    match check(pid.into()) {
        Ok(pid) => Ok(Pid::from_raw(pid as i32).map(|pid| (pid, ended(status, &usage)))),
        Err(Errno::CHILD) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Waits for all children that have ended already.
pub(crate) fn bury_the_dead() {
    // SAFETY: without a pointer to a status nothing is written.
    while unsafe { libc::waitpid(-1, ptr::null_mut(), libc::WNOHANG | libc::__WALL) } > 0 {}
}

/// Whether there is no child, running or ended. Of pid 1 that means: no other process in its namespace, since all descend from
/// it and orphans become its children (pid_namespaces(7)).
pub(crate) fn has_no_child() -> bool {
    // SAFETY: siginfo_t is plain data, and the pointer is valid for the call, which only looks (WNOWAIT).
    let looked = unsafe {
        let mut info: libc::siginfo_t = std::mem::zeroed();
        libc::waitid(libc::P_ALL, 0, &mut info, libc::WEXITED | libc::WNOHANG | libc::WNOWAIT | libc::__WALL)
    };
    check(looked.into()) == Err(Errno::CHILD)
}

/// What the children waited for so far used together.
pub(crate) fn usage_of_children() -> Ended {
    usage(libc::RUSAGE_CHILDREN)
}

/// Bytes of memory that this process has had at once.
pub(crate) fn largest_so_far() -> u64 {
    usage(libc::RUSAGE_SELF).largest_process
}

fn usage(whose: libc::c_int) -> Ended {
    // SAFETY: rusage is plain integers; the pointer is valid for the call, which cannot fail with these arguments.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::getrusage(whose, &mut usage);
        usage
    };
    ended(0, &usage)
}

fn ended(status: i32, usage: &libc::rusage) -> Ended {
    let time = |t: libc::timeval| Duration::new(t.tv_sec as u64, t.tv_usec as u32 * 1000);
    Ended { status, cpu_time: time(usage.ru_utime) + time(usage.ru_stime), largest_process: usage.ru_maxrss as u64 * 1024 }
}

/// Brings up the loopback interface of this network namespace (netdevice(7), SIOCSIFFLAGS).
pub(crate) fn loopback_up() -> Result<(), Errno> {
    use rustix::net::{AddressFamily, SocketFlags, SocketType, socket_with};
    let socket = socket_with(AddressFamily::UNIX, SocketType::DGRAM, SocketFlags::CLOEXEC, None)?;
    // SAFETY: ifreq is plain data for which zero is valid; "lo" with its NUL fits the name field.
    let mut request: libc::ifreq = unsafe { std::mem::zeroed() };
    request.ifr_name[0] = b'l' as libc::c_char;
    request.ifr_name[1] = b'o' as libc::c_char;
    request.ifr_ifru.ifru_flags = (libc::IFF_UP | libc::IFF_RUNNING) as i16;
    // SAFETY: SIOCSIFFLAGS reads one ifreq, which the pointer is to.
    check(unsafe { libc::ioctl(socket.as_raw_fd(), libc::SIOCSIFFLAGS, &raw const request) }.into()).map(drop)
}

/// Sets real, effective and saved ids and no supplementary group, of this thread only (the kernel's own calls: the C library's
/// would tell other threads, and there are none).
pub(crate) fn become_ids(uid: u32, gid: u32) -> Result<(), Errno> {
    // SAFETY: the calls take plain integers; setgroups with a length of 0 reads no memory.
    unsafe {
        match check(libc::syscall(libc::SYS_setgroups, 0, ptr::null::<u32>())) {
            // Where a user namespace forbids setgroups there is nothing to drop that the host would honour.
            Ok(_) | Err(Errno::PERM) => {}
            Err(error) => return Err(error),
        }
        check(libc::syscall(libc::SYS_setresgid, gid, gid, gid))?;
        check(libc::syscall(libc::SYS_setresuid, uid, uid, uid))?;
    }
    Ok(())
}

/// Sets the user id that file access is judged by, of this thread only; 0 restores.
pub(crate) fn set_fs_ids(uid: u32, gid: u32) {
    // SAFETY: the calls take plain integers. They report the old id instead of an error.
    unsafe {
        libc::syscall(libc::SYS_setfsgid, gid);
        libc::syscall(libc::SYS_setfsuid, uid);
    }
}

/// Installs a seccomp filter for this thread and all it becomes (seccomp(2)).
pub(crate) fn install_filter(filter: &[libc::sock_filter]) -> Result<(), Errno> {
    let program = libc::sock_fprog { len: filter.len() as u16, filter: filter.as_ptr().cast_mut() };
    // SAFETY: the program points to `len` instructions, which the kernel copies and checks.
    check(unsafe { libc::syscall(libc::SYS_seccomp, libc::SECCOMP_SET_MODE_FILTER, 0, &raw const program) }).map(drop)
}

/// The addresses of strings, with a null pointer after the last, as execve takes them.
fn pointers(strings: &[CString]) -> Vec<*const libc::c_char> {
    strings.iter().map(|string| string.as_ptr()).chain([ptr::null()]).collect()
}

/// Becomes another program; returns only the reason why not.
pub(crate) fn execute(path: &CString, argv: &[CString], env: &[CString]) -> Errno {
    let (argv, env) = (pointers(argv), pointers(env));
    // SAFETY: path and all strings are NUL-terminated and outlive the call, both arrays end with a null pointer.
    unsafe { libc::execve(path.as_ptr(), argv.as_ptr(), env.as_ptr()) };
    Errno::from_io_error(&io::Error::last_os_error()).unwrap_or(Errno::IO)
}

/// Ends this process at once: nothing of the parent's is flushed or dropped in a forked child.
pub(crate) fn exit(code: i32) -> ! {
    // SAFETY: _exit has no preconditions.
    unsafe { libc::_exit(code) }
}

/// Takes over a descriptor that this process was started with.
pub(crate) fn inherited(fd: RawFd) -> OwnedFd {
    // SAFETY: called once, at the launcher's start, for a descriptor that its starter put there for it.
    unsafe { OwnedFd::from_raw_fd(fd) }
}
