//! An interpreter that is started ahead of need waits at a gate until its program is there (`launcher/standby.rs`). Init keeps its
//! privileges as long: nobody's program has run in the sandbox, and the files of the one to come are still to be written.
//!
//! ```text
//! launcher ── order, at gate ──→ init ── fork ──→ interpreter ── loads crates/gate
//!          ←───── ready ──────        ←── ready ──────│
//!          ──────── order ─────→  files, sizes, no privileges any more
//!                                     ── streams, limits, words ──→ goes on as the program
//!                                     ←───── passed ──────────────
//! ```

use std::{
    io::{self, IoSlice},
    mem::MaybeUninit,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, poll},
    net::{
        AddressFamily, SendAncillaryBuffer, SendAncillaryMessage, SendFlags, Shutdown, SocketFlags, SocketType, send, sendmsg,
        shutdown, socketpair,
    },
    process::Pid,
};

use super::{Job, await_order, drop_privileges, fork_program, furnish, own_id, tell_of_program};
use crate::{
    error::{At, Error, Step},
    program, sys, wire,
};

const STEP: Step = Step::PassGate;

/// How long an interpreter may take to start, or to take what it is given.
const PATIENCE: Duration = Duration::from_secs(10);

/// So many limits have room in what is sent, as in `crates/gate`.
const LIMITS_MAX: usize = 15;

/// Starts the interpreter, waits for its program's order, and has it go on as that.
pub(super) fn start(mut job: Job<'_>) -> Result<Pid, Error> {
    let (gate, theirs) = socketpair(AddressFamily::UNIX, SocketType::STREAM, SocketFlags::CLOEXEC, None).at(STEP)?;
    job.gate = Some(theirs);
    let seed = job.seed;
    let (interpreter, pidfd) = fork_program(&job)?;
    // With its last descriptor gone on the other side, this one tells of the interpreter's end.
    drop(job);
    hear(&gate)?;
    wire::send(seed.orders.as_fd(), &(), &[]).at(STEP)?;
    await_either(seed.orders.as_fd(), &gate)?;
    let mut job = await_order(seed)?;
    furnish(&job)?;
    // What it is part of stays mounted.
    drop(job.tree.take());
    let kept: Vec<BorrowedFd<'_>> = job.stdio.iter().chain([&gate, &pidfd, &seed.orders]).map(AsFd::as_fd).collect();
    drop_privileges(own_id(&job), &kept)?;
    pass(&gate, &job)?;
    hear(&gate)?;
    tell_of_program(&job, &pidfd);
    Ok(interpreter)
}

/// Waits for the one byte that says that the interpreter has come so far.
fn hear(gate: &OwnedFd) -> Result<(), Error> {
    let mut word = [0];
    if !sys::is_readable_within(gate.as_fd(), PATIENCE).at(STEP)? {
        return Err(Error::refused(STEP, "the interpreter says nothing"));
    }
    match rustix::io::read(gate, &mut word) {
        Ok(1) => Ok(()),
        _ => Err(Error::refused(STEP, "the interpreter has ended")),
    }
}

/// Waits for the order. An interpreter that ends meanwhile has its sandbox end.
fn await_either(orders: BorrowedFd<'_>, gate: &OwnedFd) -> Result<(), Error> {
    let mut both = [PollFd::from_borrowed_fd(orders, PollFlags::IN), PollFd::new(gate, PollFlags::IN)];
    rustix::io::retry_on_intr(|| poll(&mut both, None)).at(STEP)?;
    match both[1].revents().is_empty() {
        true => Ok(()),
        false => Err(Error::refused(STEP, "the interpreter has ended")),
    }
}

/// Hands over all that the program is to have. From here on its time counts.
fn pass(gate: &OwnedFd, job: &Job<'_>) -> Result<(), Error> {
    let terms = terms(job)?;
    let words = words(job)?;
    job.seed.ledger.start();
    let streams = job.stdio.each_ref().map(AsFd::as_fd);
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(3))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    if !control.push(SendAncillaryMessage::ScmRights(&streams)) {
        return Err(Error::refused(STEP, "no room for three descriptors"));
    }
    let sent =
        rustix::io::retry_on_intr(|| sendmsg(gate, &[IoSlice::new(&terms)], &mut control, SendFlags::NOSIGNAL)).at(STEP)?;
    if sent != terms.len() {
        return Err(Error::refused(STEP, "the limits were not taken"));
    }
    send_all(gate, &words).at(STEP)?;
    shutdown(gate, Shutdown::Write).at(STEP)
}

fn send_all(gate: &OwnedFd, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let sent = rustix::io::retry_on_intr(|| send(gate, bytes, SendFlags::NOSIGNAL))?;
        bytes = &bytes[sent..];
    }
    Ok(())
}

/// The resource limits as `crates/gate` has them: their count, and pairs of a resource's number and what it may be.
fn terms(job: &Job<'_>) -> Result<Vec<u8>, Error> {
    let limits = program::rlimits(&job.command.limits, job.counted, job.seed.rootless);
    if limits.len() > LIMITS_MAX {
        return Err(Error::refused(STEP, "too many limits"));
    }
    let count = limits.len() as u64;
    let mut numbers = vec![count];
    numbers.extend(limits.into_iter().flat_map(|(resource, value)| [u64::from(resource), value]));
    numbers.resize(1 + 2 * LIMITS_MAX, 0);
    Ok(numbers.into_iter().flat_map(u64::to_ne_bytes).collect())
}

/// What `gate.js` reads: how many arguments, each of them, then the environment; each ends with a NUL.
fn words(job: &Job<'_>) -> Result<Vec<u8>, Error> {
    let (words, _) = program::words(&job.command)?.in_a_row();
    Ok([format!("{}\0", job.command.argv.len()).into_bytes(), words].concat())
}
