//! Typed messages with descriptors over SOCK_SEQPACKET sockets.
//!
//! A message is one packet: a marker byte and its postcard encoding. One too large for a packet travels in a sealed memory
//! file whose descriptor comes first (marker `LARGE`). A receiver never trusts the sender: sizes, seals and the number of
//! descriptors are checked, and descriptors arrive with close-on-exec set.

use std::{
    fs::File,
    io::{self, IoSlice, Write},
    mem::MaybeUninit,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    os::unix::fs::FileExt,
};

use rustix::{
    fs::{MemfdFlags, SealFlags, fcntl_add_seals, fcntl_get_seals, fstat, memfd_create},
    net::{
        AddressFamily, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage, SendFlags, SocketFlags, SocketType, recv, sendmsg,
        socketpair, sockopt,
    },
};
use serde::{Serialize, de::DeserializeOwned};

use crate::sys;

const INLINE: u8 = 0;
pub(crate) const LARGE: u8 = 1;
/// The largest message sent inside a packet; the kernel's default socket buffer holds more than three of them.
const INLINE_MAX: usize = 64 << 10;
/// The largest message in a memory file.
const LARGE_MAX: u64 = 32 << 20;
/// The most descriptors in a message: stdin, stdout, stderr, a working directory and the memory file; or, to the builder, a ledger,
/// the way of orders, and an entrance for each of three controllers.
const FDS_MAX: usize = 5;

/// A connected pair of message sockets, both closed on exec.
pub(crate) fn pair() -> rustix::io::Result<(OwnedFd, OwnedFd)> {
    socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, SocketFlags::CLOEXEC, None)
}

/// Whether this is a socket as those of [`pair`].
pub(crate) fn is_message_socket(fd: BorrowedFd<'_>) -> bool {
    let domain_and_type = (sockopt::socket_domain(fd), sockopt::socket_type(fd));
    domain_and_type == (Ok(AddressFamily::UNIX), Ok(SocketType::SEQPACKET))
}

/// Whether this is a memory file whose content nobody can change any more. Only memory files have seals.
pub(crate) fn is_sealed_file(fd: BorrowedFd<'_>) -> bool {
    fcntl_get_seals(fd).is_ok_and(|seals| seals.contains(SealFlags::WRITE | SealFlags::SHRINK))
}

/// Sends one message; waits while the peer has not read what is queued. Never raises SIGPIPE.
pub(crate) fn send<T: Serialize>(socket: BorrowedFd<'_>, message: &T, fds: &[BorrowedFd<'_>]) -> io::Result<()> {
    send_with(socket, message, fds, SendFlags::NOSIGNAL)
}

/// Sends one message at once or not at all (`WouldBlock`): for the launcher, which waits for nobody.
pub(crate) fn send_now<T: Serialize>(socket: BorrowedFd<'_>, message: &T, fds: &[BorrowedFd<'_>]) -> io::Result<()> {
    send_with(socket, message, fds, SendFlags::NOSIGNAL | SendFlags::DONTWAIT)
}

fn send_with<T: Serialize>(socket: BorrowedFd<'_>, message: &T, fds: &[BorrowedFd<'_>], flags: SendFlags) -> io::Result<()> {
    let mut packet = vec![INLINE];
    packet = postcard::to_extend(message, packet).map_err(io::Error::other)?;
    if packet.len() <= INLINE_MAX {
        return send_packet(socket, &packet, fds, flags);
    }
    let large = sealed_file("codecanvas-message", &packet[1..])?;
    let mut all = vec![large.as_fd()];
    all.extend_from_slice(fds);
    send_packet(socket, &[LARGE], &all, flags)
}

/// Sends one packet as it is.
pub(crate) fn send_packet(socket: BorrowedFd<'_>, bytes: &[u8], fds: &[BorrowedFd<'_>], flags: SendFlags) -> io::Result<()> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(FDS_MAX))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    if !fds.is_empty() && !control.push(SendAncillaryMessage::ScmRights(fds)) {
        return Err(io::Error::other("too many descriptors"));
    }
    rustix::io::retry_on_intr(|| sendmsg(socket, &[IoSlice::new(bytes)], &mut control, flags))?;
    Ok(())
}

/// Receives one message and its descriptors; `None` when the peer is gone.
pub(crate) fn receive<T: DeserializeOwned>(socket: BorrowedFd<'_>) -> io::Result<Option<(T, Vec<OwnedFd>)>> {
    receive_with(socket, RecvFlags::CMSG_CLOEXEC)
}

/// The same if there is a message now, else `WouldBlock`: for the launcher, which waits for nobody.
pub(crate) fn receive_now<T: DeserializeOwned>(socket: BorrowedFd<'_>) -> io::Result<Option<(T, Vec<OwnedFd>)>> {
    receive_with(socket, RecvFlags::CMSG_CLOEXEC | RecvFlags::DONTWAIT)
}

fn receive_with<T: DeserializeOwned>(socket: BorrowedFd<'_>, flags: RecvFlags) -> io::Result<Option<(T, Vec<OwnedFd>)>> {
    // A look first: most messages are short, and a fresh process pays for every page of a buffer that it touches.
    let (_, length) =
        rustix::io::retry_on_intr(|| recv(socket, &mut [0u8; 0][..], flags | RecvFlags::PEEK | RecvFlags::TRUNC))?;
    let mut buffer = vec![0; length.min(INLINE_MAX)];
    let Some((length, mut fds)) = receive_packet(socket, &mut buffer, flags)? else { return Ok(None) };
    let message = match buffer[..length] {
        [INLINE, ref bytes @ ..] => postcard::from_bytes(bytes),
        [LARGE] if !fds.is_empty() => postcard::from_bytes(&read_sealed(fds.remove(0))?),
        _ => return Err(malformed("unknown marker")),
    };
    Ok(Some((message.map_err(|_| malformed("not a message of this protocol"))?, fds)))
}

/// Receives one packet; `None` when the peer is gone.
fn receive_packet(socket: BorrowedFd<'_>, buffer: &mut [u8], flags: RecvFlags) -> io::Result<Option<(usize, Vec<OwnedFd>)>> {
    let received = rustix::io::retry_on_intr(|| sys::receive_message::<FDS_MAX>(socket, buffer, flags))?;
    if !received.whole {
        return Err(malformed("larger than the protocol allows"));
    }
    match received.bytes {
        0 if sys::has_hung_up(socket)? => Ok(None),
        0 => Err(malformed("an empty packet")),
        bytes => Ok(Some((bytes, received.fds))),
    }
}

/// Whether a message was lost because this process, or the host, has no more descriptors or memory.
pub(crate) fn is_short(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::EMFILE | libc::ENFILE | libc::ENOMEM | libc::ENOBUFS))
}

/// A memory file with this content that nobody can change any more, read from its start.
pub(crate) fn sealed_file(name: &str, content: &[u8]) -> io::Result<File> {
    let mut file = File::from(memfd_create(name, MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?);
    file.write_all(content)?;
    seal(&file)?;
    rustix::fs::seek(&file, rustix::fs::SeekFrom::Start(0))?;
    Ok(file)
}

fn read_sealed(fd: OwnedFd) -> io::Result<Vec<u8>> {
    // This also refuses a file on a disk, which could stall the launcher.
    let size = if is_sealed_file(fd.as_fd()) { fstat(&fd)?.st_size as u64 } else { u64::MAX };
    if size > LARGE_MAX {
        return Err(malformed("not a sealed memory file of a permitted size"));
    }
    let mut content = vec![0; size as usize];
    // It may be open for writing only. That, too, is the sender's fault.
    File::from(fd).read_exact_at(&mut content, 0).map_err(|_| malformed("its memory file cannot be read"))?;
    Ok(content)
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("malformed message: {what}"))
}

/// Seals a memory file: nobody can write to it any more. The kernel refuses that while it has a page of it in hand for a purpose of its own
/// (memfd_wait_for_pins in mm/memfd.c).
pub(crate) fn seal(file: impl AsFd) -> rustix::io::Result<()> {
    const TRIES: u32 = 50;
    let seals = SealFlags::SEAL | SealFlags::SHRINK | SealFlags::GROW | SealFlags::WRITE;
    for _ in 0..TRIES {
        match fcntl_add_seals(&file, seals) {
            Err(rustix::io::Errno::BUSY) => std::thread::sleep(std::time::Duration::from_millis(20)),
            result => return result,
        }
    }
    fcntl_add_seals(&file, seals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_message_arrives_with_its_descriptors() {
        let (ours, theirs) = pair().unwrap();
        let file = sealed_file("test", b"content").unwrap();
        for size in [0, 10, INLINE_MAX, 3 << 20] {
            let text = "x".repeat(size);
            send(ours.as_fd(), &text, &[file.as_fd()]).unwrap();
            let (received, fds) = receive::<String>(theirs.as_fd()).unwrap().unwrap();
            assert_eq!(received.len(), size);
            assert_eq!(fds.len(), 1);
            assert_eq!(read_sealed(fds.into_iter().next().unwrap()).unwrap(), b"content");
        }
        drop(ours);
        assert!(receive::<String>(theirs.as_fd()).unwrap().is_none());
    }

    #[test]
    fn a_large_message_in_an_ordinary_file_is_refused() {
        let (ours, theirs) = pair().unwrap();
        let file = File::open("/proc/self/exe").unwrap();
        send_packet(ours.as_fd(), &[LARGE], &[file.as_fd()], SendFlags::NOSIGNAL).unwrap();
        assert!(receive::<String>(theirs.as_fd()).is_err());
    }

    #[test]
    fn a_memory_file_that_cannot_be_read_is_malformed() {
        use std::os::fd::AsRawFd;
        let file = File::from(memfd_create("test", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING).unwrap());
        file.set_len(5).unwrap();
        let writer = File::options().write(true).open(format!("/proc/self/fd/{}", file.as_raw_fd())).unwrap();
        fcntl_add_seals(&file, SealFlags::SHRINK | SealFlags::WRITE).unwrap();
        let (ours, theirs) = pair().unwrap();
        send_packet(ours.as_fd(), &[LARGE], &[writer.as_fd()], SendFlags::NOSIGNAL).unwrap();
        assert_eq!(receive::<()>(theirs.as_fd()).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn an_empty_packet_is_not_the_peers_end() {
        let (ours, theirs) = pair().unwrap();
        send_packet(ours.as_fd(), &[], &[], SendFlags::NOSIGNAL).unwrap();
        send(ours.as_fd(), &7u8, &[]).unwrap();
        assert_eq!(receive::<u8>(theirs.as_fd()).unwrap_err().kind(), io::ErrorKind::InvalidData);
        assert_eq!(receive::<u8>(theirs.as_fd()).unwrap().unwrap().0, 7);
        drop(ours);
        assert!(receive::<u8>(theirs.as_fd()).unwrap().is_none());
    }

    #[test]
    fn a_descriptor_that_the_kernel_adds_is_closed() {
        let pidfds = || {
            let links = std::fs::read_dir("/proc/self/fd").unwrap().flatten();
            links.filter(|fd| std::fs::read_link(fd.path()).is_ok_and(|link| link.to_string_lossy().contains("pidfd"))).count()
        };
        let (ours, theirs) = pair().unwrap();
        if !sys::pass_pidfds(theirs.as_fd()) {
            eprintln!("NOT RUN: a_descriptor_that_the_kernel_adds_is_closed: this kernel has no SO_PASSPIDFD (Linux 6.5)");
            return;
        }
        for _ in 0..10 {
            send(ours.as_fd(), &7u8, &[]).unwrap();
            assert_eq!(receive::<u8>(theirs.as_fd()).unwrap_err().kind(), io::ErrorKind::InvalidData);
        }
        assert_eq!(pidfds(), 0);
    }

    proptest! {
        #[test]
        fn hostile_packets_are_errors_never_panics(bytes in proptest::collection::vec(any::<u8>(), 1..600)) {
            let (ours, theirs) = pair().unwrap();
            send_packet(ours.as_fd(), &bytes, &[], SendFlags::NOSIGNAL).unwrap();
            let _ = receive::<crate::message::Request>(theirs.as_fd());
        }
    }
}
