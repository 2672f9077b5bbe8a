//! Pairs: the same program over HTTP and bare, one after the other again and again, so that a machine's moods hit both alike.

use std::{
    borrow::Cow,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use super::{
    bare::Bare,
    load::{Measured, Task},
    results::percentile,
    server::Connection,
};

/// How many pairs are enough, and how many there are at least, however long they take.
const MOST: usize = 200;
const LEAST: usize = 3;
/// Pairs before those that count.
const WARM_UP: usize = 3;

/// What pairs gave.
pub(super) struct Pairs {
    pub(super) http_ms: f64,
    pub(super) bare_ms: f64,
    pub(super) count: usize,
    pub(super) cached: u64,
    pub(super) errors: u64,
    pub(super) first_error: Option<String>,
}

/// Which program is sent, and what it is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    /// A new one each time, compared with compiling and starting it.
    Fresh,
    /// The same each time, compared with starting it.
    Again,
}

/// Runs pairs for so long.
pub(super) fn compare(task: &Task, bare: &Bare, sent: Sent, time: Duration, stop: &AtomicBool) -> Pairs {
    let connection = task.target.server.connect();
    connection.open();
    let (mut http, mut direct) = (Measured::default(), Measured::default());
    let mut started = Instant::now();
    let mut pair = 0;
    while pair < MOST + WARM_UP && (pair < LEAST || started.elapsed() < time) && !stop.load(Ordering::Relaxed) {
        // Who comes first changes, so that neither always finds the other's memory warm.
        if pair % 2 == 0 {
            send(task, &connection, sent, &mut http);
            start(bare, sent, &mut direct);
        } else {
            start(bare, sent, &mut direct);
            send(task, &connection, sent, &mut http);
        }
        pair += 1;
        // Slow programs are warm soon enough.
        if pair == WARM_UP && started.elapsed() < time / 4 {
            (http.took, direct.took, http.cached) = (Vec::new(), Vec::new(), 0);
            started = Instant::now();
        }
    }
    http.took.sort_unstable();
    direct.took.sort_unstable();
    Pairs {
        http_ms: percentile(&http.took, 0.5),
        bare_ms: percentile(&direct.took, 0.5),
        count: http.took.len().min(direct.took.len()),
        cached: http.cached,
        errors: http.errors + direct.errors,
        first_error: http.first_error.or(direct.first_error),
    }
}

fn send(task: &Task, connection: &Connection, sent: Sent, measured: &mut Measured) {
    let source: Cow<str> = match sent {
        Sent::Fresh => task.program.fresh().into(),
        Sent::Again => task.program.again().into(),
    };
    match task.target.run(connection, &task.runtime, &task.program, &source) {
        Ok(ran) => {
            measured.took.push(ran.took);
            measured.cached += u64::from(ran.cached);
        }
        Err(why) => measured.fail(format!("{}: {why}", task.program.language.id)),
    }
}

fn start(bare: &Bare, sent: Sent, measured: &mut Measured) {
    let ran = match sent {
        Sent::Fresh => bare.cold(),
        Sent::Again => bare.start(),
    };
    match ran {
        Ok(took) => measured.took.push(took),
        Err(error) => measured.fail(format!("{error:#}")),
    }
}
