//! Packets that are no messages: empty, cut, oversized, of random bytes, in memory files of every wrong kind.

use std::{
    fs::File,
    io::Write,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
};

use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use rustix::{
    fs::{Mode, OFlags, SealFlags, fcntl_add_seals, ftruncate, open},
    pipe::{PipeFlags, pipe_with},
};

use super::client::{
    Answer, Hostile, KillCause, Request, answer, large_message, memory_file, message, null, pair, sealed, send,
};
use crate::support::shell;

/// Packets that are none, on any socket.
fn garbage() -> Vec<Vec<u8>> {
    let run = message(&Request::Run(Box::new(shell("echo harm"))));
    let mut packets = vec![vec![], vec![0], vec![1], vec![1, 0], vec![2], vec![255; 10], vec![0; 64 << 10], vec![0; 65 << 10]];
    packets.extend([vec![0, 3], vec![0, 255, 255, 255, 255, 15], vec![0; 200 << 10]]);
    // A list that says it has 2^63 elements.
    packets.push([&[0, 0][..], &[255; 9], &[127]].concat());
    packets.extend((1..run.len()).step_by(3).map(|length| run[..length].to_vec()));
    packets
}

/// Memory files, and others, in which no message is.
fn wrong_files(hostile: &Hostile) -> Vec<(&'static str, OwnedFd)> {
    let run = large_message(&Request::Run(Box::new(shell("echo harm"))));
    let path = |fd: &OwnedFd| format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(fd));
    let reopened = |fd: &OwnedFd, flags| open(path(fd), flags | OFlags::CLOEXEC, Mode::empty()).expect("it is ours");
    let unsealed = memory_file();
    File::from(unsealed.try_clone().unwrap()).write_all(b"\0").unwrap();
    let of_size = |size, seals: SealFlags| {
        let file = memory_file();
        ftruncate(&file, size).unwrap();
        fcntl_add_seals(&file, seals).unwrap();
        file
    };
    let all = SealFlags::SEAL | SealFlags::SHRINK | SealFlags::GROW | SealFlags::WRITE;
    let write_only = {
        let file = memory_file();
        ftruncate(&file, 5).unwrap();
        let writer = reopened(&file, OFlags::WRONLY);
        fcntl_add_seals(&file, all).unwrap();
        writer
    };
    vec![
        ("an unsealed memory file", unsealed),
        ("a memory file that may shrink", of_size(100, SealFlags::WRITE)),
        ("a memory file that may be written to", of_size(100, SealFlags::SHRINK)),
        ("an empty memory file", sealed(b"")),
        ("a memory file of zeros", of_size(32 << 20, all)),
        ("a memory file that is a little too large", of_size((32 << 20) + 1, all)),
        ("a memory file of a terabyte", of_size(1 << 40, all)),
        ("a memory file that cannot be read", write_only),
        ("the path of a memory file", reopened(&run, OFlags::PATH)),
        ("random bytes", sealed(&[0xfe; 1000])),
        ("a cut message", sealed(&message(&Request::Run(Box::new(shell("echo harm"))))[1..40])),
        ("a folder", File::open("/").unwrap().into()),
        ("a file of the host", hostile.canary_file()),
        ("a pipe", pipe_with(PipeFlags::CLOEXEC).unwrap().0),
        ("a socket", pair().0),
        ("/dev/null", null()),
    ]
}

#[test]
fn garbage_on_the_control_socket_is_dropped() {
    let mut hostile = Hostile::start();
    let folder = File::open("/").unwrap();
    for packet in garbage() {
        for fds in [&[][..], &[folder.as_fd()], &[folder.as_fd(); 5]] {
            send(&hostile.control, &packet, fds);
        }
        hostile.assert_unharmed(&format!("{} bytes {:?}", packet.len(), &packet[..packet.len().min(20)]));
    }
    for (what, file) in wrong_files(&hostile) {
        send(&hostile.control, &[1], &[file.as_fd()]);
        hostile.assert_unharmed(what);
    }
}

#[test]
fn garbage_on_a_sandboxs_socket_closes_that_sandbox() {
    let mut hostile = Hostile::start();
    let folder = File::open("/").unwrap();
    for packet in garbage() {
        for fds in [&[][..], &[folder.as_fd(); 3]] {
            let sandbox = hostile.open();
            send(&sandbox, &packet, fds);
            // Zeros are a run of nothing.
            let is_run = packet.starts_with(&[0; 64]) && packet.len() <= 64 << 10;
            assert!(matches!(answer(&sandbox), Answer::Closed) != is_run, "{} bytes", packet.len());
        }
    }
    hostile.assert_unharmed("garbage");
    for (what, file) in wrong_files(&hostile) {
        let sandbox = hostile.open();
        send(&sandbox, &[1], &[file.as_fd()]);
        assert!(!matches!(answer(&sandbox), Answer::Finished), "{what}");
        drop(sandbox);
        hostile.assert_unharmed(what);
    }
}

#[test]
fn requests_with_some_bytes_changed_harm_nobody_else() {
    let mut hostile = Hostile::start();
    let requests = [
        message(&Request::Run(Box::new(shell("echo harm; sleep 0.01")))),
        message(&Request::Kill { run: 1, cause: KillCause::Output { written: u64::MAX } }),
        message(&Request::Kill { run: 1, cause: KillCause::Cancelled }),
        message(&Request::Signal { run: 1, signal: 15 }),
    ];
    let change = (any::<prop::sample::Index>(), any::<u8>());
    let packet = (prop::sample::select(requests.to_vec()), vec(change, 0..4)).prop_map(|(mut packet, changes)| {
        changes.into_iter().for_each(|(at, byte)| *at.get_mut(&mut packet) = byte);
        packet
    });
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let null = null();
    TestRunner::new_with_rng(config, proptest::test_runner::TestRng::deterministic_rng(Default::default()))
        .run(&vec(packet, 1..4), |packets| {
            let sandbox = hostile.open();
            for packet in &packets {
                let fds: &[BorrowedFd<'_>] = if packet.get(1) == Some(&0) { &[null.as_fd(); 3] } else { &[] };
                send(&sandbox, packet, fds);
            }
            Ok(())
        })
        .unwrap();
    hostile.assert_unharmed("changed requests");
}
