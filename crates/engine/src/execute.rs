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
mod report;

use codecanvas_protocol::{Outcome, Phase, Usage};
use codecanvas_sandbox::{Command, Exit, Launcher, Step, Stream};
use tokio::task::spawn_blocking;

use crate::{RunError, output::Capture, plan::Plan};
use cancel::Cancel;
use cell::Cell;
pub(crate) use report::{Toolchain, report};

/// Takes every piece of output as it comes: the phase, the stream and the bytes.
pub type OutputSink = Box<dyn FnMut(Phase, Stream, &[u8]) + Send>;

/// A phase that has ended.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) phase: Phase,
    pub(crate) outcome: Outcome,
    pub(crate) usage: Usage,
    pub(crate) stdout: Capture,
    pub(crate) stderr: Capture,
}

/// Runs a plan in a sandbox of its own. At least one phase comes back, and only the last one can have failed.
///
/// `hold` is let go when nothing of the run is left, however the run ends. Dropping the future kills the run.
///
/// # Errors
/// [`RunError::Sandbox`] when the sandbox or the thread that watches it failed, [`RunError::ShuttingDown`] when the runtime ends
/// before the run has begun.
pub(crate) async fn execute<H>(launcher: Launcher, plan: Plan, hold: H, sink: OutputSink) -> Result<Vec<Finished>, RunError>
where
    H: Send + 'static,
{
    on_own_thread(plan, hold, sink, move || launcher.sandbox().map_err(RunError::Sandbox)).await
}

async fn on_own_thread<C: Cell, H: Send + 'static>(
    plan: Plan,
    hold: H,
    mut sink: OutputSink,
    open: impl FnOnce() -> Result<C, RunError> + Send + 'static,
) -> Result<Vec<Finished>, RunError> {
    let cancel = Cancel::default();
    let _guard = cancel.on_drop();
    let task = spawn_blocking(move || {
        // Declared first, so dropped last: after the sandbox, and after a panic as well.
        let _hold = hold;
        let mut cell = open()?;
        run_phases(&mut cell, plan, &cancel, &mut sink)
    });
    match task.await {
        Ok(result) => result,
        // Unwinding has ended the run and let go of the slot; the panic itself is in the log already.
        Err(error) if error.is_panic() => Err(failure(Step::Watch, "the thread that watched it panicked")),
        Err(_) => Err(RunError::ShuttingDown),
    }
}

fn run_phases(cell: &mut impl Cell, plan: Plan, cancel: &Cancel, sink: &mut OutputSink) -> Result<Vec<Finished>, RunError> {
    let Plan { language, mut files, phases, mounts } = plan;
    let mut finished: Vec<Finished> = Vec::with_capacity(phases.len());
    let mut remaining = phases.len();
    for planned in phases {
        remaining -= 1;
        let (mut stdout, mut stderr) = (Capture::new(planned.limits.output_bytes), Capture::new(planned.limits.output_bytes));
        let command = Command {
            argv: planned.argv,
            env: planned.env,
            // Only the first phase is given files; the others find what it left.
            files: std::mem::take(&mut files),
            mounts: mounts.clone(),
            stdin: planned.stdin,
            limits: planned.limits,
            keep_workspace: remaining > 0,
        };
        let Exit { outcome, usage, .. } = run_one(cell, &command, cancel, &mut |stream, piece| {
            match stream {
                Stream::Stdout => stdout.push(piece),
                Stream::Stderr => stderr.push(piece),
            }
            sink(planned.phase, stream, piece);
        })
        .map_err(|error| explained(error, &language, &command))?;
        tracing::debug!(language, phase = ?planned.phase, ?outcome, usage.cpu_time_ms, usage.wall_time_ms, "a phase has ended");
        let goes_on = outcome.is_success();
        finished.push(Finished { phase: planned.phase, outcome, usage, stdout, stderr });
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
    sink: &mut dyn FnMut(Stream, &[u8]),
) -> Result<Exit, RunError> {
    if cancel.is_cancelled() {
        return Ok(Exit { outcome: Outcome::Cancelled, usage: Usage::default(), stdout_bytes: 0, stderr_bytes: 0 });
    }
    cell.run(command, cancel, sink)
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
