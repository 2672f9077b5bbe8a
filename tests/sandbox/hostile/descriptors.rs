//! Descriptors of the wrong kind or number: as sandboxes, and as a program's standard streams.

use std::{
    fs::File,
    net::{TcpListener, UdpSocket},
    os::fd::{AsFd, BorrowedFd, OwnedFd},
};

use codecanvas_sandbox::{Live, Step};
use rustix::{
    event::{EventfdFlags, epoll, eventfd},
    fs::{CWD, Mode, OFlags, mknodat, open},
    net::{AddressFamily, SocketFlags, SocketType, socketpair},
    pipe::{PipeFlags, pipe_with},
};

use super::client::{Answer, Hostile, Request, answer, memory_file, message, null, pair, sealed, send};
use crate::support::{command, shell};

/// Descriptors by which a program would reach out of its sandbox, or that are no stream.
fn ways_out(hostile: &Hostile) -> Vec<(&'static str, OwnedFd)> {
    let opened = |path: &str, flags| open(path, flags | OFlags::CLOEXEC, Mode::empty()).expect("it is there");
    let unix = |kind| socketpair(AddressFamily::UNIX, kind, SocketFlags::CLOEXEC, None).unwrap().0;
    let file = format!("{}/file", hostile.canary());
    vec![
        ("the host's root", opened("/", OFlags::RDONLY | OFlags::DIRECTORY)),
        ("the path of the host's root", opened("/", OFlags::PATH)),
        ("a folder of the host", opened(hostile.canary(), OFlags::RDONLY | OFlags::DIRECTORY)),
        ("a file of the host", hostile.canary_file()),
        ("a file of the host to read", opened(&file, OFlags::RDONLY)),
        ("the path of a file", opened(&file, OFlags::PATH)),
        ("a socket of the network", TcpListener::bind("127.0.0.1:0").unwrap().into()),
        ("a datagram socket of the network", UdpSocket::bind("127.0.0.1:0").unwrap().into()),
        ("a message socket", pair().0),
        ("a stream socket", unix(SocketType::STREAM)),
        ("a datagram socket", unix(SocketType::DGRAM)),
        ("the control socket", hostile.control.try_clone().unwrap()),
        ("an epoll", epoll::create(epoll::CreateFlags::CLOEXEC).unwrap()),
        ("an eventfd", eventfd(1, EventfdFlags::CLOEXEC).unwrap()),
        ("a memory file that may be written to", memory_file()),
        ("another device", opened("/dev/zero", OFlags::RDWR)),
        ("a process", rustix::process::pidfd_open(rustix::process::getpid(), rustix::process::PidfdFlags::empty()).unwrap()),
    ]
}

#[test]
fn a_program_is_given_no_descriptor_that_leads_out_of_its_sandbox() {
    let mut hostile = Hostile::start();
    // Whatever came as one of its streams, it tries to write there.
    let script = "for fd in 0 1 2; do echo harm >&$fd; echo harm >/proc/self/fd/$fd; echo harm >/proc/self/fd/$fd/harm; \
                  echo harm >/proc/self/fd/$fd/../harm; done; exit 0";
    let run = message(&Request::Run(Box::new(shell(script))));
    for (what, way_out) in ways_out(&hostile) {
        for place in 0..3 {
            let null = null();
            let mut fds = [null.as_fd(); 3];
            fds[place] = way_out.as_fd();
            let sandbox = hostile.open();
            send(&sandbox, &run, &fds);
            let answer = answer(&sandbox);
            assert!(
                matches!(&answer, Answer::Failed(error) if error.step == Step::Stdio),
                "{what} as stream {place}: {answer:?}"
            );
        }
        drop(way_out);
        hostile.assert_unharmed(what);
    }
}

#[test]
fn a_fifo_with_a_name_is_no_pipe() {
    let mut hostile = Hostile::start();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fifo");
    mknodat(CWD, &path, rustix::fs::FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    let fifo = open(&path, OFlags::RDWR | OFlags::CLOEXEC, Mode::empty()).unwrap();
    let sandbox = hostile.open();
    send(&sandbox, &message(&Request::Run(Box::new(shell("echo harm")))), &[fifo.as_fd(); 3]);
    assert!(matches!(answer(&sandbox), Answer::Failed(error) if error.step == Step::Stdio));
    use std::os::unix::fs::MetadataExt;
    assert_eq!(path.metadata().unwrap().uid(), rustix::process::geteuid().as_raw());
    drop((sandbox, fifo));
    hostile.assert_unharmed("a fifo");
}

#[test]
fn the_streams_of_an_ordinary_run_are_taken() {
    let mut hostile = Hostile::start();
    let (reader, writer) = pipe_with(PipeFlags::CLOEXEC).unwrap();
    for stdin in [null(), reader, sealed(b"content")] {
        let sandbox = hostile.open();
        let fds = [stdin.as_fd(), writer.as_fd(), writer.as_fd()];
        send(&sandbox, &message(&Request::Run(Box::new(shell("true")))), &fds);
        assert!(matches!(answer(&sandbox), Answer::Finished));
    }
    hostile.assert_unharmed("ordinary streams");
}

#[test]
fn a_terminal_is_sent_over_a_message_socket_only() {
    let mut hostile = Hostile::start();
    for (rows, cols) in [(0, 0), (1, 1), (u16::MAX, u16::MAX)] {
        let live = Some(Live { terminal: Some(codecanvas_protocol::WindowSize { rows, cols }) });
        let run = codecanvas_sandbox::Command { live, ..command(&["/bin/true"]) };
        let null = null();
        let (ours, theirs) = pair();
        let sandbox = hostile.open();
        send(&sandbox, &message(&Request::Run(Box::new(run.clone()))), &[theirs.as_fd(), null.as_fd(), null.as_fd()]);
        assert!(matches!(answer(&sandbox), Answer::Finished));
        drop(ours);
        for (what, way_out) in ways_out(&hostile) {
            if what.ends_with("message socket") || what == "the control socket" {
                continue;
            }
            let sandbox = hostile.open();
            send(&sandbox, &message(&Request::Run(Box::new(run.clone()))), &[way_out.as_fd(), null.as_fd(), null.as_fd()]);
            assert!(matches!(answer(&sandbox), Answer::Failed(_)), "{what}");
        }
    }
    hostile.assert_unharmed("terminals");
}

#[test]
fn a_run_has_three_descriptors() {
    let mut hostile = Hostile::start();
    let null = null();
    let run = message(&Request::Run(Box::new(shell("echo harm"))));
    for count in [0, 1, 2, 4, 5, 6, 100, 253] {
        let sandbox = hostile.open();
        send(&sandbox, &run, &vec![null.as_fd(); count]);
        assert!(!matches!(answer(&sandbox), Answer::Finished), "{count}");
        drop(sandbox);
        hostile.assert_unharmed(&format!("{count} descriptors"));
    }
}

#[test]
fn what_is_no_sandboxs_socket_is_dropped() {
    let mut hostile = Hostile::start();
    for (what, descriptor) in ways_out(&hostile) {
        if what.ends_with("message socket") {
            continue;
        }
        // Held by us all the while: the launcher must not keep its copy.
        send(&hostile.control, &message(&()), &[descriptor.as_fd()]);
        hostile.assert_unharmed(what);
    }
    let (ours, theirs) = pair();
    for count in [0, 2, 5, 6, 100, 253] {
        send(&hostile.control, &message(&()), &vec![theirs.as_fd(); count]);
        let ways_out: Vec<_> = ways_out(&hostile);
        let mixture: Vec<BorrowedFd<'_>> = ways_out.iter().map(|(_, fd)| fd.as_fd()).cycle().take(count).collect();
        send(&hostile.control, &message(&()), &mixture);
    }
    drop((ours, theirs));
    hostile.assert_unharmed("many at once");
}

#[test]
fn descriptors_with_requests_that_have_none_are_closed() {
    let mut hostile = Hostile::start();
    let sandbox = hostile.open();
    let root = File::open("/").unwrap();
    for _ in 0..1000 {
        send(&sandbox, &message(&Request::Signal { run: 7, signal: 9 }), &[root.as_fd(); 5]);
    }
    drop(sandbox);
    hostile.assert_unharmed("descriptors for nothing");
}
