//! The terminal of a sandbox: a pseudo-terminal of its own devpts, made by init. The program gets the one side, the client the other.

use std::{
    os::fd::{AsFd, OwnedFd},
    path::Path,
};

use codecanvas_protocol::WindowSize;
use rustix::{
    fs::{Mode, OFlags, fchown, open},
    pty::{OpenptFlags, ioctl_tiocgptpeer, unlockpt},
    termios::{InputModes, OptionalActions, tcgetattr, tcsetattr, tcsetwinsize},
};

use crate::{input::winsize, mount, wire};

/// Pseudo-terminals that a program may have, its own one among them.
const TERMINALS_MAX: &str = "16";

/// Makes the terminal, sends the client its side over `client`, and gives the program's.
pub(crate) fn open_terminal(client: &OwnedFd, size: WindowSize, uid: u32) -> std::io::Result<OwnedFd> {
    let devpts = mount::devpts(uid, TERMINALS_MAX)?;
    mount::attach(devpts.as_fd(), Path::new("/dev/pts"))?;
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    let ours = open("/dev/pts/ptmx", flags, Mode::empty())?;
    unlockpt(&ours)?;
    let theirs = ioctl_tiocgptpeer(&ours, OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
    let mut modes = tcgetattr(&theirs)?;
    // Erasing takes away a whole character, not its last byte.
    modes.input_modes |= InputModes::IUTF8;
    tcsetattr(&theirs, OptionalActions::Now, &modes)?;
    tcsetwinsize(&ours, winsize(size))?;
    fchown(&theirs, Some(rustix::fs::Uid::from_raw(uid)), None)?;
    wire::send(client.as_fd(), &(), &[ours.as_fd()])?;
    Ok(theirs)
}
