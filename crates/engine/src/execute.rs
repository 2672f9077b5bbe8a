//! Runs a plan: one sandbox for the job, one command in it per phase, and what came out as a report.
//!
//! ```text
//! async side                              blocking thread
//! execute ── plan, permit, sandbox ─────→ for each phase: not cancelled? spawn, wait, keep the output
//!    │ holds a guard                         ↑ kills what runs, forbids what would follow
//!    └ dropped before the end: Cancel ───────┘
//! ```
//!
//! The sandbox is a blocking library, so a job has a thread of its own while it runs. The permit goes along with it: a client that
//! goes away has its run killed, and its slot is free only once nothing of the run is left.

mod cancel;
mod cell;
mod phases;
mod report;
mod threads;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

use codecanvas_protocol::{Outcome, Phase, Start, Usage};
use codecanvas_sandbox::{Command, Exit, Input, Launcher, Signaller, Step, Stream};
use tokio::sync::oneshot;

use crate::{RunError, cache::Turn, output::Capture, plan::Plan, tally::Tally};
use cancel::Cancel;
use cell::Cell;
use phases::Job;
pub(crate) use report::{Toolchain, report};

/// What happens to a job while it runs.
#[derive(Debug, Clone, Copy)]
pub enum Moment<'a> {
    /// A phase begins; its report will have so much of each stream.
    Started {
        /// Which phase.
        phase: Phase,
        /// Bytes of stdout, and of stderr, that the report can hold.
        output_bytes: u64,
        /// How long it may take.
        wall_time: Duration,
    },
    /// The program, or its compiler, wrote this.
    Output(Phase, Stream, &'a [u8]),
    /// A phase has ended.
    Ended(Phase, &'a Outcome, Usage),
}

/// Is told of every moment as it comes. One that blocks stops the program at its next output.
pub type Watcher = Box<dyn FnMut(Moment<'_>) + Send>;

/// What the client of a live run holds of it: the way to its input, and to its signals.
#[derive(Debug)]
pub struct Controls {
    /// The program's standard input or its terminal.
    pub input: Input,
    /// What signals it.
    pub signaller: Signaller,
    /// What the job itself had for standard input: to be written first.
    pub first: Vec<u8>,
}

/// Gets the controls of a live run when its program starts.
pub type OnLive = Box<dyn FnOnce(Controls) + Send>;

/// Who follows a run, and how.
pub(crate) struct Audience {
    pub(crate) watcher: Watcher,
    pub(crate) on_live: Option<OnLive>,
    /// Counts each phase when it has ended, whoever still waits for it.
    pub(crate) tally: Arc<Tally>,
}

/// A phase that has ended.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) phase: Phase,
    pub(crate) outcome: Outcome,
    pub(crate) usage: Usage,
    pub(crate) start: Start,
    /// Whether it was to be started warm, and could not be.
    pub(crate) fell_back: bool,
    /// Whether it was done before, for an earlier job.
    pub(crate) cached: bool,
    pub(crate) stdout: Capture,
    pub(crate) stderr: Capture,
}

/// Runs a plan in a sandbox of its own. At least one phase comes back, and only the last one can have failed.
///
/// `hold` is let go when nothing of the run is left, however the run ends. Dropping the future kills the run.
///
/// # Errors
/// [`RunError::Sandbox`] when the sandbox or the thread that watches it failed.
pub(crate) async fn execute<H>(
    launcher: Launcher,
    plan: Plan,
    turn: Turn,
    hold: H,
    audience: Audience,
) -> Result<Vec<Finished>, RunError>
where
    H: Send + 'static,
{
    on_own_thread(plan, turn, hold, audience, move || launcher.sandbox().map_err(RunError::from)).await
}

async fn on_own_thread<C: Cell, H: Send + 'static>(
    plan: Plan,
    turn: Turn,
    hold: H,
    mut audience: Audience,
    open: impl FnOnce() -> Result<C, RunError> + Send + 'static,
) -> Result<Vec<Finished>, RunError> {
    let cancel = Cancel::default();
    let _guard = cancel.on_drop();
    let job = move || {
        // Declared first, so dropped last: after the sandbox, and after a panic as well.
        let _hold = hold;
        let mut cell = open()?;
        run_phases(&mut cell, plan, turn, &cancel, &mut audience)
    };
    let (ended, result) = oneshot::channel();
    let begun = threads::run(move || {
        let _ = ended.send(catch_unwind(AssertUnwindSafe(job)));
    });
    if let Err(error) = begun {
        let (errno, detail) = (error.raw_os_error().unwrap_or(0), "a thread for it".to_owned());
        return Err(RunError::Sandbox(codecanvas_sandbox::Error { step: Step::Watch, errno, detail }));
    }
    match result.await {
        Ok(Ok(result)) => result,
        // Unwinding has ended the run and let go of the slot; the panic itself is in the log already.
        Ok(Err(_)) | Err(_) => Err(failure(Step::Watch, "the thread that watched it panicked")),
    }
}

fn run_phases(
    cell: &mut impl Cell,
    plan: Plan,
    turn: Turn,
    cancel: &Cancel,
    audience: &mut Audience,
) -> Result<Vec<Finished>, RunError> {
    let Plan { language, files, phases, mounts } = plan;
    let mut finished: Vec<Finished> = Vec::with_capacity(phases.len());
    let mut remaining = phases.len();
    let mut job = Job { cell, cancel, audience, language, mounts, files, keep: false, base: None, made: None, again: None };
    let mut turn = Some(turn);
    for planned in phases {
        remaining -= 1;
        job.keep = remaining > 0;
        let phase = match planned.phase {
            Phase::Compile => job.compile(planned, turn.take().unwrap_or(Turn::Alone))?,
            Phase::Run => job.run(planned)?,
        };
        let goes_on = phase.outcome.is_success();
        finished.push(phase);
        if !goes_on {
            break;
        }
    }
    Ok(finished)
}

/// Runs one command, unless nobody waits for it any more.
fn run_one(
    cell: &mut impl Cell,
    command: &Command,
    cancel: &Cancel,
    on_live: &mut Option<OnLive>,
    sink: &mut dyn FnMut(Stream, &[u8]),
) -> Result<Exit, RunError> {
    if cancel.is_cancelled() {
        return Ok(Exit {
            outcome: Outcome::Cancelled,
            usage: Usage::default(),
            warm: false,
            stdout_bytes: 0,
            stderr_bytes: 0,
        });
    }
    cell.run(command, cancel, on_live.take_if(|_| command.live.is_some()), sink)
}

/// Whether a program cannot be executed because of what the job, or its compiler, put in its place.
fn is_of_its_own(error: &codecanvas_sandbox::Error, command: &Command) -> bool {
    error.is_of_program() && command.argv.first().is_some_and(|program| program.starts_with("./"))
}

/// That is a program's failure and no one else's; told as shells tell it.
fn not_executed(error: &codecanvas_sandbox::Error, command: &Command, sink: &mut dyn FnMut(Stream, &[u8])) -> Exit {
    let program = command.argv.first().map_or("", String::as_str);
    let (code, words) = match error.is_not_found() {
        true => (127, "it is not there; the compiler has not made it, or under another name".to_owned()),
        false => (126, error.reason()),
    };
    let line = format!("{program}: cannot be executed: {words}\n");
    sink(Stream::Stderr, line.as_bytes());
    let stderr_bytes = line.len() as u64;
    Exit { outcome: Outcome::Exited { code }, usage: Usage::default(), warm: false, stdout_bytes: 0, stderr_bytes }
}

/// Says more than the sandbox can know: that a program is not there means that the toolchain is broken, not the sandbox.
fn explained(error: RunError, language: &str, command: &Command) -> RunError {
    match error {
        RunError::Sandbox(error) if error.is_not_found() => {
            let program = command.argv.first().map_or("", String::as_str);
            let detail = format!("{program} of {language} is not in the sandbox; was its toolchain changed since the start?");
            RunError::Sandbox(codecanvas_sandbox::Error { detail, ..error })
        }
        other => other,
    }
}

/// A failure of ours that no call to the kernel explains.
pub(crate) fn failure(step: Step, detail: impl Into<String>) -> RunError {
    RunError::Sandbox(codecanvas_sandbox::Error { step, errno: 0, detail: detail.into() })
}

#[cfg(test)]
mod tests;
