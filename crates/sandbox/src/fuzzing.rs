//! What fuzz targets and property tests call: bytes in, a panic where a promise does not hold. No part of the library's interface.

use std::{
    io,
    os::fd::{AsFd, OwnedFd},
    path::{Component, Path},
};

use codecanvas_protocol::Limits;
use rustix::{
    net::SendFlags,
    pipe::{PipeFlags, pipe_with},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Command, Error, Input, Signaller,
    init::{Order, Status},
    launcher::check_command,
    message::{Greeting, Reply, Request, Welcome},
    wire,
};

/// A packet as it may come on a socket of the launcher. After the marker of a large message the rest is in its memory file.
///
/// # Panics
/// When a message that was understood is not the same after it was written and read again, or when a command is taken that asks for
/// what no sandbox may have.
pub fn launcher_protocol(packet: &[u8]) {
    if let Some(Request::Run(command)) = received(packet)
        && check_command(&command).is_ok()
    {
        assert_harmless(&command);
    }
    let message = packet.get(1..).unwrap_or_default();
    read::<Greeting>(message);
    read::<Welcome>(message);
    read::<Order>(message);
    read::<Status>(message);
    if let Some(Reply::Finished(facts)) = read::<Reply>(message) {
        let _ = facts.judge(&Limits::default());
    }
}

/// Whether the launcher takes this command, as far as that can be known without one.
///
/// # Errors
/// As the launcher's answer.
pub fn check(command: &Command) -> Result<(), Error> {
    check_command(command)
}

/// What a client holds of a live program, with nothing behind it; and where its input comes out.
///
/// # Errors
/// When there are no descriptors left.
pub fn controls() -> io::Result<(Input, Signaller, OwnedFd)> {
    let (program, feed) = pipe_with(PipeFlags::CLOEXEC)?;
    let (socket, _) = wire::pair()?;
    Ok((Input::new(feed, false)?, Signaller::new(socket.into(), 1), program))
}

/// The request in a packet that goes over a real socket.
fn received(packet: &[u8]) -> Option<Request> {
    let (ours, theirs) = wire::pair().expect("there are descriptors");
    match packet {
        [wire::LARGE, message @ ..] => {
            let file = wire::sealed_file("fuzzing", message).expect("there is memory");
            wire::send_packet(ours.as_fd(), &packet[..1], &[file.as_fd()], SendFlags::NOSIGNAL)
        }
        // The kernel has no room for one that is larger.
        _ => wire::send_packet(ours.as_fd(), &packet[..packet.len().min(100 << 10)], &[], SendFlags::NOSIGNAL),
    }
    .expect("the socket takes it");
    let received = wire::receive_now::<Request>(theirs.as_fd());
    assert!(!matches!(received, Ok(None)), "a packet is taken for the peer's end");
    let (request, descriptors) = received.ok().flatten()?;
    assert!(descriptors.is_empty());
    same_again(&request);
    Some(request)
}

fn read<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(message: &[u8]) -> Option<T> {
    let read = postcard::from_bytes(message).ok()?;
    same_again(&read);
    Some(read)
}

fn same_again<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(message: &T) {
    let written = postcard::to_allocvec(message).expect("what was read can be written");
    assert_eq!(*message, postcard::from_bytes(&written).expect("what was written can be read"));
}

/// The promise of the launcher's check, in other words than its own.
fn assert_harmless(command: &Command) {
    assert!(command.argv.first().is_some_and(|program| !program.is_empty()));
    let words = command.argv.iter().chain(command.env.iter().flat_map(|(name, value)| [name, value]));
    assert!(words.into_iter().all(|word| !word.contains('\0')), "a NUL in {command:?}");
    assert!(command.env.iter().all(|(name, _)| !name.is_empty() && !name.contains('=')));
    for file in &command.files {
        let path = Path::new(&file.path);
        assert!(path.components().next().is_some() && path.components().all(|part| matches!(part, Component::Normal(_))));
        assert_eq!(path.components().collect::<std::path::PathBuf>().to_str(), Some(&*file.path));
        assert!(!file.path.ends_with('/') && !file.path.contains('\0'));
    }
    assert!(command.argv.len() <= 1 << 18 && command.files.len() <= 1 << 18 && command.env.len() <= 1 << 18);
    assert!(command.base.is_none() || !command.keep_workspace);
    let limits = &command.limits;
    assert!(!limits.wall_time.is_zero() && !limits.cpu_time.is_zero() && limits.processes > 0 && limits.disk_bytes > 0);
    // So that no sum with them overflows.
    assert!(limits.wall_time.as_secs() < 1 << 30 && limits.cpu_time.as_secs() < 1 << 30);
}
