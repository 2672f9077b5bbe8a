//! Requests at the wrong time: twice, never, for another run, and a client that hangs up wherever it can.

use std::{
    io::Write,
    os::fd::{AsFd, OwnedFd},
};

use codecanvas_sandbox::{Command, Live, Step, TreeKey};
use rustix::pipe::{PipeFlags, pipe_with};

use super::client::{Answer, Hostile, KillCause, Request, answer, message, null, receive, run, send};
use crate::support::{command, shell};

/// Starts a program that goes on until it is ended, and waits until it is there.
fn start_long(sandbox: &OwnedFd) -> (OwnedFd, OwnedFd) {
    let (stdin, feed) = pipe_with(PipeFlags::CLOEXEC).unwrap();
    let (stdout, stdout_in) = pipe_with(PipeFlags::CLOEXEC).unwrap();
    let live = Some(Live::default());
    let long = Command { live, ..command(&["/bin/sh", "-c", "echo up; cat; echo end"]) };
    let null = null();
    send(sandbox, &message(&Request::Run(Box::new(long))), &[stdin.as_fd(), stdout_in.as_fd(), null.as_fd()]);
    let mut up = [0; 3];
    let mut read = 0;
    while read < up.len() {
        read += rustix::io::read(&stdout, &mut up[read..]).unwrap();
    }
    (feed, stdout)
}

fn kill(run: u32) -> Vec<u8> {
    message(&Request::Kill { run, cause: KillCause::Cancelled })
}

#[test]
fn a_second_run_while_one_runs_ends_both() {
    let mut hostile = Hostile::start();
    let sandbox = hostile.open();
    let _streams = start_long(&sandbox);
    let null = null();
    send(&sandbox, &message(&Request::Run(Box::new(shell("echo harm")))), &[null.as_fd(); 3]);
    // The one that ran is told to be cancelled, or the socket is closed before; nothing else is said.
    while let Some((packet, _)) = receive(&sandbox) {
        assert_eq!(packet[..2], [0, 0]);
    }
    drop(sandbox);
    hostile.assert_unharmed("two runs at once");
}

#[test]
fn what_still_runs_is_not_kept_and_what_is_not_there_is_not_forgotten() {
    let mut hostile = Hostile::start();
    let sandbox = hostile.open();
    let keep = |number| message(&Request::Keep { key: TreeKey([number; 32]) });
    let forget = |number| message(&Request::Forget { key: TreeKey([number; 32]) });
    let left = Command { keep_workspace: true, ..shell("echo left > f") };
    for _ in 0..50 {
        send(&sandbox, &forget(1), &[]);
        send(&sandbox, &keep(1), &[]);
        assert!(matches!(answer(&sandbox), Answer::Kept(false)), "there is nothing");
    }
    // More than there is room for, and twice the same.
    for number in 0..30 {
        let sandbox = hostile.open();
        let large = Command { keep_workspace: true, ..shell("head -c 1M /dev/zero > f") };
        assert!(matches!(run(&sandbox, &large).0, Answer::Finished));
        for _ in 0..2 {
            send(&sandbox, &keep(number), &[]);
            assert!(matches!(answer(&sandbox), Answer::Kept(_)));
        }
    }
    (0..40).for_each(|number| send(&sandbox, &forget(number), &[]));
    assert!(matches!(run(&sandbox, &left).0, Answer::Finished));
    let _streams = start_long(&sandbox);
    send(&sandbox, &forget(1), &[]);
    send(&sandbox, &keep(1), &[]);
    while let Some((packet, _)) = receive(&sandbox) {
        assert_eq!(packet[..2], [0, 0], "the run is ended, and nothing is kept of it");
    }
    drop(sandbox);
    hostile.assert_unharmed("wishes to keep and to forget");
}

#[test]
fn only_the_run_that_is_meant_is_killed_or_signalled() {
    let mut hostile = Hostile::start();
    let sandbox = hostile.open();
    for number in 1..3 {
        let (feed, stdout) = start_long(&sandbox);
        for other in [0, number - 1, number + 1, 77, u32::MAX].into_iter().filter(|other| *other != number) {
            send(&sandbox, &kill(other), &[]);
            send(&sandbox, &message(&Request::Kill { run: other, cause: KillCause::Output { written: 0 } }), &[]);
            send(&sandbox, &message(&Request::Signal { run: other, signal: 9 }), &[]);
        }
        for signal in [i32::MIN, -9, -1, 0, 65, 128, 1 << 16, i32::MAX] {
            send(&sandbox, &message(&Request::Signal { run: number, signal }), &[]);
        }
        // It still echoes.
        let mut feed = std::fs::File::from(feed);
        feed.write_all(b"alive\n").unwrap();
        let mut echo = [0; 16];
        assert_eq!(rustix::io::read(&stdout, &mut echo).unwrap(), 6);
        if number == 1 {
            send(&sandbox, &kill(number), &[]);
        } else {
            send(&sandbox, &message(&Request::Signal { run: number, signal: 15 }), &[]);
        }
        assert!(matches!(answer(&sandbox), Answer::Finished));
        // It is over: nothing is meant by these any more.
        send(&sandbox, &kill(number), &[]);
        send(&sandbox, &message(&Request::Signal { run: number, signal: 9 }), &[]);
    }
    let (answer, stdout) = run(&sandbox, &shell("echo third"));
    assert!(matches!(answer, Answer::Finished) && stdout == "third\n", "{answer:?}");
    drop(sandbox);
    hostile.assert_unharmed("kills and signals");
}

#[test]
fn a_thousand_kills_and_signals_before_the_program_is_there_are_one() {
    let mut hostile = Hostile::start();
    for signal in [1, 9, 15, 19, 64] {
        let sandbox = hostile.open();
        let null = null();
        let live = Command { live: Some(Live::default()), ..shell("sleep 1000") };
        send(&sandbox, &message(&Request::Run(Box::new(live))), &[null.as_fd(); 3]);
        for _ in 0..1000 {
            send(&sandbox, &message(&Request::Signal { run: 1, signal }), &[]);
        }
        for _ in 0..1000 {
            send(&sandbox, &message(&Request::Kill { run: 1, cause: KillCause::Output { written: u64::MAX } }), &[]);
        }
        assert!(matches!(answer(&sandbox), Answer::Finished));
    }
    hostile.assert_unharmed("floods");
}

#[test]
fn a_client_may_hang_up_at_every_point() {
    let mut hostile = Hostile::start();
    let null = null();
    let run = message(&Request::Run(Box::new(shell("echo x; sleep 0.01"))));
    let long = message(&Request::Run(Box::new(shell("sleep 1000"))));
    type HangUp<'a> = &'a dyn Fn(&OwnedFd);
    let hang_up: &[(&str, HangUp<'_>)] = &[
        ("at once", &|_| {}),
        ("in a packet", &|sandbox| send(sandbox, &run[..7], &[])),
        ("after the request", &|sandbox| send(sandbox, &run, &[null.as_fd(); 3])),
        ("after a long one's request", &|sandbox| send(sandbox, &long, &[null.as_fd(); 3])),
        ("while it runs", &|sandbox| drop(start_long(sandbox))),
        ("half, while it runs", &|sandbox| {
            let streams = start_long(sandbox);
            rustix::net::shutdown(sandbox, rustix::net::Shutdown::Write).unwrap();
            drop(streams);
        }),
        ("half, before the request", &|sandbox| {
            rustix::net::shutdown(sandbox, rustix::net::Shutdown::Read).unwrap();
            send(sandbox, &run, &[null.as_fd(); 3]);
        }),
        ("after the kill", &|sandbox| {
            send(sandbox, &long, &[null.as_fd(); 3]);
            send(sandbox, &kill(1), &[]);
        }),
        ("with streams that nobody reads", &|sandbox| {
            let (reader, writer) = pipe_with(PipeFlags::CLOEXEC).unwrap();
            drop(reader);
            send(sandbox, &run, &[null.as_fd(), writer.as_fd(), writer.as_fd()]);
        }),
    ];
    for (when, hang_up) in hang_up {
        for _ in 0..10 {
            hang_up(&hostile.open());
        }
        hostile.assert_unharmed(when);
    }
}

#[test]
fn a_client_that_reads_no_answer_is_let_go() {
    let mut hostile = Hostile::start();
    let sandbox = hostile.open();
    rustix::net::sockopt::set_socket_recv_buffer_size(&sandbox, 2048).unwrap();
    let null = null();
    let nothing = message(&Request::Run(Box::default()));
    for _ in 0..3000 {
        send(&sandbox, &nothing, &[null.as_fd(); 3]);
    }
    while receive(&sandbox).is_some() {}
    drop(sandbox);
    hostile.assert_unharmed("answers that nobody reads");
}

#[test]
fn thousands_of_sandboxes_that_are_never_used_take_no_place() {
    raise_descriptors();
    let mut hostile = Hostile::start();
    for _ in 0..2 {
        let first = hostile.open();
        let sandboxes: Vec<_> = (0..3000).map(|_| hostile.open()).collect();
        // One that was opened in time works while they are open, and those beyond the bound are told so and closed.
        let (ran, stdout) = run(&first, &shell("echo fine"));
        assert!(matches!(ran, Answer::Finished) && stdout == "fine\n", "{ran:?}");
        for sandbox in sandboxes.iter().rev().take(10) {
            assert!(is_one_too_many(&answer(sandbox)));
            assert!(receive(sandbox).is_none());
        }
        drop((first, sandboxes));
        // The launcher has seen them go when it has looked at each.
        while is_one_too_many(&hostile.run(&shell("true")).0) {}
        hostile.assert_unharmed("many sandboxes");
    }
}

/// What a sandbox beyond the bound is told; whoever has sent something by then may see it closed first.
fn is_one_too_many(answer: &Answer) -> bool {
    matches!(answer, Answer::Closed) || matches!(answer, Answer::Failed(error) if error.step == Step::TalkToLauncher)
}

#[test]
fn more_runs_at_once_than_there_are_places_are_refused() {
    let mut hostile = Hostile::start();
    let sandboxes: Vec<_> = (0..8).map(|_| hostile.open()).collect();
    let streams: Vec<_> = sandboxes[..4].iter().map(start_long).collect();
    for sandbox in &sandboxes[4..] {
        assert!(
            matches!(run(sandbox, &shell("echo harm")).0, Answer::Failed(error) if error.step == codecanvas_sandbox::Step::TakeSlot)
        );
    }
    drop((sandboxes, streams));
    while matches!(hostile.run(&shell("true")).0, Answer::Failed(_)) {}
    hostile.assert_unharmed("too many at once");
}

/// As many descriptors as this process may have: the soft limit is often 1024.
fn raise_descriptors() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(Resource::Nofile).maximum;
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).expect("a soft limit may be raised");
}
