//! What a run gave, on the terminal: output as it comes, then one line for each thing to know.

use std::{
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::{Context, Result};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use codecanvas_engine::{Moment, Watcher};
use codecanvas_protocol::{Encoding, Phase, Report, StreamInfo};
use codecanvas_sandbox::Stream;

use crate::{
    exit_code,
    explain::{self, Raise},
    terminal,
};

/// The showing of one run.
pub(crate) struct Show {
    json: bool,
    passed: Arc<Passed>,
}

/// How many bytes were passed on as they came.
#[derive(Default)]
struct Passed {
    compile: AtomicU64,
    stdout: AtomicU64,
    stderr: AtomicU64,
}

impl Show {
    /// `json`: nothing is shown but the report.
    pub(crate) fn new(json: bool) -> Show {
        Show { json, passed: Arc::default() }
    }

    /// Passes output on as it comes. What a compiler says goes to stderr: stdout is the program's own.
    pub(crate) fn watcher(&self) -> Watcher {
        if self.json {
            return Box::new(|_| ());
        }
        let passed = Arc::clone(&self.passed);
        Box::new(move |moment| {
            if let Moment::Output(phase, stream, bytes) = moment {
                passed.pass(phase, stream, bytes);
            }
        })
    }

    /// Passes a piece of output on.
    pub(crate) fn pass(&self, phase: Phase, stream: Stream, bytes: &[u8]) {
        self.passed.pass(phase, stream, bytes);
    }

    /// Shows what was not passed on yet, explains the end, and turns it into our exit code.
    pub(crate) fn end(&self, report: &Report) -> Result<ExitCode> {
        if self.json {
            terminal::print(&format!("{}\n", serde_json::to_string_pretty(report)?));
        } else {
            self.rest(report)?;
        }
        let raise = match report.phases.last().map(|phase| phase.phase) {
            Some(Phase::Compile) => Raise::CompileLimit,
            Some(Phase::Run) | None => Raise::Limit,
        };
        let lines = [explain::truncation(report, self.passed.run()), explain::stop(&report.outcome, raise)];
        lines.iter().flatten().for_each(|line| terminal::say(line));
        Ok(exit_code::of(&report.outcome))
    }

    /// The output in the report that the sink did not get: all of it when a server ran the program.
    fn rest(&self, report: &Report) -> Result<()> {
        if self.passed.compile.load(Ordering::Relaxed) == 0 {
            for compile in report.phases.iter().filter(|phase| phase.phase == Phase::Compile) {
                terminal::pass(Stream::Stderr, compile.stdout.as_bytes());
                terminal::pass(Stream::Stderr, compile.stderr.as_bytes());
            }
        }
        if report.phases.last().is_none_or(|phase| phase.phase == Phase::Run) && self.passed.run() == [0, 0] {
            let stdout = decode(&report.stdout, report.output.stdout)?;
            let stderr = decode(&report.stderr, report.output.stderr)?;
            self.passed.stdout.store(stdout.len() as u64, Ordering::Relaxed);
            self.passed.stderr.store(stderr.len() as u64, Ordering::Relaxed);
            terminal::pass(Stream::Stdout, &stdout);
            terminal::pass(Stream::Stderr, &stderr);
        }
        Ok(())
    }
}

impl Passed {
    fn pass(&self, phase: Phase, stream: Stream, bytes: &[u8]) {
        let (counter, to) = match (phase, stream) {
            (Phase::Compile, _) => (&self.compile, Stream::Stderr),
            (Phase::Run, Stream::Stdout) => (&self.stdout, Stream::Stdout),
            (Phase::Run, Stream::Stderr) => (&self.stderr, Stream::Stderr),
        };
        counter.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        terminal::pass(to, bytes);
    }

    fn run(&self) -> [u64; 2] {
        [&self.stdout, &self.stderr].map(|counter| counter.load(Ordering::Relaxed))
    }
}

fn decode(text: &str, stream: StreamInfo) -> Result<Vec<u8>> {
    match stream.encoding {
        Encoding::Utf8 => Ok(text.as_bytes().to_vec()),
        Encoding::Base64 => BASE64_STANDARD.decode(text).context("the report's output is not valid base64"),
    }
}
