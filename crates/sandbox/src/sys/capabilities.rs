//! The sets of capabilities(7).

use rustix::io::Errno;

use super::{check, keyed};

/// Empties the ambient and bounding sets and locks the secure bits, so that no execve can give a capability back.
pub(crate) fn bar_capabilities() -> Result<(), Errno> {
    const NOROOT: u64 = 1;
    const NO_SETUID_FIXUP: u64 = 1 << 2;
    const NO_CAP_AMBIENT_RAISE: u64 = 1 << 6;
    /// Each secure bit's lock is the bit above it (capabilities(7)).
    const LOCKS: u64 = 0b1010_1010;
    // SAFETY: prctl with these options takes plain integers.
    unsafe {
        for capability in 0..64 {
            match check(libc::prctl(libc::PR_CAPBSET_DROP, capability, 0, 0, 0).into()) {
                Ok(_) => {}
                // The kernel knows no capability of this number: that was the last one.
                Err(Errno::INVAL) => break,
                Err(error) => return Err(error),
            }
        }
        check(libc::prctl(libc::PR_CAP_AMBIENT, libc::PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0).into())?;
        let bits = NOROOT | NO_SETUID_FIXUP | NO_CAP_AMBIENT_RAISE | LOCKS;
        keyed(libc::SYS_prctl, [libc::PR_SET_SECUREBITS as usize, bits as usize, 0, 0, 0])?;
    }
    Ok(())
}

/// Has an execve keep the capabilities that this process has, whoever it is (capabilities(7), ambient set).
pub(crate) fn raise_ambient_capabilities() -> Result<(), Errno> {
    let mut sets = rustix::thread::capabilities(None)?;
    sets.inheritable = sets.permitted;
    rustix::thread::set_capabilities(None, sets)?;
    for capability in 0..64 {
        if sets.permitted.bits() & (1 << capability) != 0 {
            // SAFETY: prctl with this option takes plain integers.
            check(unsafe { libc::prctl(libc::PR_CAP_AMBIENT, libc::PR_CAP_AMBIENT_RAISE, capability, 0, 0) }.into())?;
        }
    }
    Ok(())
}

/// Empties the permitted, effective and inheritable sets (capset(2)).
pub(crate) fn drop_capabilities() -> Result<(), Errno> {
    const VERSION_3: u32 = 0x2008_0522;
    let header = [VERSION_3, 0];
    let data = [0u32; 6];
    // SAFETY: header and data have the layout of version 3: two words, and two times three words.
    check(unsafe { libc::syscall(libc::SYS_capset, header.as_ptr(), data.as_ptr()) }).map(drop)
}
