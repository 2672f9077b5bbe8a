//! The phases of one job, one after the other: compiled now or known from before, then run.

use codecanvas_protocol::{Limits, Start};
use codecanvas_sandbox::{Command, Exit, FileEntry, Mount, Stream, TreeKey};

use super::{Audience, Finished, Moment, cancel::Cancel, cell::Cell, explained, is_of_its_own, not_executed, run_one};
use crate::{
    RunError,
    cache::{First, Known, Turn, Words},
    output::Capture,
    plan::PhasePlan,
};

/// What a job is while it runs.
pub(super) struct Job<'a, C> {
    pub(super) cell: &'a mut C,
    pub(super) cancel: &'a Cancel,
    pub(super) audience: &'a mut Audience,
    pub(super) language: String,
    pub(super) mounts: Vec<Mount>,
    /// Of the first phase that runs; the others find what it left.
    pub(super) files: Vec<FileEntry>,
    /// Whether another phase follows.
    pub(super) keep: bool,
    /// What the compiler made, if that is kept.
    pub(super) base: Option<TreeKey>,
    /// The same, when it was made just now: it stays kept as long as this lives.
    pub(super) made: Option<Known>,
    /// How that is made again, should its launcher be gone by the time it is needed.
    pub(super) again: Option<(PhasePlan, Known)>,
}

impl<C: Cell> Job<'_, C> {
    /// The compile phase, or what is known of it.
    pub(super) fn compile(&mut self, planned: PhasePlan, turn: Turn) -> Result<Finished, RunError> {
        match turn {
            Turn::Known(known) if known.is_with(self.cell.launcher()) => Ok(self.tell_again(planned, known)),
            Turn::Known(known) => self.compile_now(planned, Some(known.lost()), true),
            Turn::First(first) => self.compile_now(planned, Some(first), true),
            Turn::Alone => self.compile_now(planned, None, true),
        }
    }

    /// The run phase.
    pub(super) fn run(&mut self, planned: PhasePlan) -> Result<Finished, RunError> {
        self.tell_start(&planned);
        // What is known stays so, and its tree kept, as long as this lives.
        let again = self.again.take();
        // Of a live one the client holds what belongs to the program that was not started.
        let second = again.as_ref().filter(|_| planned.live.is_none()).map(|_| planned.clone());
        let finished = match self.phase(planned, true, &mut |_, _| {}) {
            Err(RunError::Sandbox(error)) if error.is_base_gone() => match (again, second) {
                (Some((compile, known)), Some(planned)) => {
                    self.base = None;
                    self.keep = true;
                    let compiled = self.compile_now(compile, Some(known.lost()), false)?;
                    if !compiled.outcome.is_success() {
                        return Err(RunError::Lost);
                    }
                    self.keep = false;
                    self.phase(planned, true, &mut |_, _| {})?
                }
                _ => return Err(RunError::Lost),
            },
            finished => finished?,
        };
        self.tell_end(&finished);
        Ok(finished)
    }

    /// Compiles, and lets others know. Silently, if what it says was told already.
    fn compile_now(&mut self, planned: PhasePlan, first: Option<First>, aloud: bool) -> Result<Finished, RunError> {
        let mut words = Words::default();
        if aloud {
            self.tell_start(&planned);
        }
        let finished = self.phase(planned, aloud, &mut |stream, piece| {
            if first.is_some() {
                words.push(stream, piece);
            }
        })?;
        if let Some(first) = first {
            self.made = first.conclude(self.cell, &finished.outcome, finished.usage, words);
            self.base = self.made.as_ref().map(|known| known.key);
        }
        if aloud {
            self.tell_end(&finished);
        }
        Ok(finished)
    }

    /// Tells what a compiler said and did before as if it did it now.
    fn tell_again(&mut self, planned: PhasePlan, known: Known) -> Finished {
        self.tell_start(&planned);
        let mut captured = Captured::new(&planned.limits);
        let result = &known.result;
        for (stream, piece) in &result.words {
            captured.push(*stream, piece);
            (self.audience.watcher)(Moment::Output(planned.phase, *stream, piece));
        }
        let (phase, outcome, usage) = (planned.phase, result.outcome.clone(), result.usage);
        let Captured { stdout, stderr } = captured;
        let finished = Finished { phase, outcome, usage, start: Start::Cold, fell_back: false, cached: true, stdout, stderr };
        if finished.outcome.is_success() {
            self.base = Some(known.key);
            self.again = Some((planned, known));
        }
        self.audience.tally.note(&self.language, &finished);
        self.tell_end(&finished);
        finished
    }

    /// Runs the command of a phase; `also` gets all that it writes, as those do who are told aloud.
    fn phase(&mut self, planned: PhasePlan, aloud: bool, also: &mut dyn FnMut(Stream, &[u8])) -> Result<Finished, RunError> {
        let mut captured = Captured::new(&planned.limits);
        let phase = planned.phase;
        let mut command = Command {
            argv: planned.argv,
            env: planned.env,
            // A base has them already; should it be gone, they are needed.
            files: if self.base.is_some() { Vec::new() } else { std::mem::take(&mut self.files) },
            mounts: self.mounts.clone(),
            stdin: planned.stdin,
            live: planned.live,
            limits: planned.limits,
            keep_workspace: self.keep,
            warm: planned.warm,
            base: self.base,
        };
        let Audience { watcher, on_live, .. } = &mut *self.audience;
        let mut sink = |stream, piece: &[u8]| {
            captured.push(stream, piece);
            also(stream, piece);
            if aloud {
                watcher(Moment::Output(phase, stream, piece));
            }
        };
        let mut fell_back = false;
        let mut ran = run_one(self.cell, &command, self.cancel, on_live, &mut sink);
        if let Err(RunError::Sandbox(error)) = &ran
            && command.warm
            && command.live.is_none()
            && error.is_of_warm_start()
        {
            let language = &self.language;
            tracing::warn!(language, %error, "a program could not be started warm, and is executed");
            command.warm = false;
            fell_back = true;
            ran = run_one(self.cell, &command, self.cancel, on_live, &mut sink);
        }
        let Exit { outcome, usage, warm, .. } = match ran {
            Err(RunError::Sandbox(error)) if is_of_its_own(&error, &command) => not_executed(&error, &command, &mut sink),
            result => result.map_err(|error| explained(error, &self.language, &command))?,
        };
        let language = &self.language;
        tracing::debug!(language, ?phase, ?outcome, usage.cpu_time_ms, usage.wall_time_ms, "a phase has ended");
        let start = if warm { Start::Warm } else { Start::Cold };
        let Captured { stdout, stderr } = captured;
        let finished = Finished { phase, outcome, usage, start, fell_back, cached: false, stdout, stderr };
        self.audience.tally.note(language, &finished);
        Ok(finished)
    }

    fn tell_start(&mut self, planned: &PhasePlan) {
        let Limits { output_bytes, wall_time, .. } = planned.limits;
        (self.audience.watcher)(Moment::Started { phase: planned.phase, output_bytes, wall_time });
    }

    fn tell_end(&mut self, finished: &Finished) {
        (self.audience.watcher)(Moment::Ended(finished.phase, &finished.outcome, finished.usage));
    }
}

/// What a report can hold of both streams.
struct Captured {
    stdout: Capture,
    stderr: Capture,
}

impl Captured {
    fn new(limits: &Limits) -> Captured {
        let [stdout, stderr] = [(); 2].map(|()| Capture::new(limits.output_bytes));
        Captured { stdout, stderr }
    }

    fn push(&mut self, stream: Stream, piece: &[u8]) {
        match stream {
            Stream::Stdout => self.stdout.push(piece),
            Stream::Stderr => self.stderr.push(piece),
        }
    }
}
