//! What the client is told of the phases that have ended.

use codecanvas_protocol::{Phase, PhaseReport, Report, Streams};

use super::Finished;

/// What is known of the toolchain and the host beside the run itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Toolchain {
    /// The language's id.
    pub(crate) language: String,
    /// The toolchain's version.
    pub(crate) version: String,
    /// What this host cannot enforce.
    pub(crate) weaker: Vec<String>,
}

/// The report of a job from its phases in order; `None` when there were none.
pub(crate) fn report(phases: Vec<Finished>, toolchain: Toolchain) -> Option<Report> {
    let described = phases.iter().map(describe).collect();
    let last = phases.into_iter().next_back()?;
    let (outcome, usage) = (last.outcome.clone(), last.usage);
    let (stdout, stderr, output) = match last.phase {
        Phase::Compile => compiler_output(last),
        Phase::Run => program_output(last),
    };
    Some(Report {
        stdout,
        stderr,
        error: outcome.error_text(),
        outcome,
        usage,
        truncated: output.stdout.truncated || output.stderr.truncated,
        output,
        phases: described,
        language: toolchain.language,
        version: toolchain.version,
        weaker: toolchain.weaker,
    })
}

fn program_output(run: Finished) -> (String, String, Streams) {
    let (stdout, stdout_info) = run.stdout.finish();
    let (stderr, stderr_info) = run.stderr.finish();
    (stdout, stderr, Streams { stdout: stdout_info, stderr: stderr_info })
}

/// The compiler's words stand in stderr alone, as in the original codecanvas; some compilers say them on stdout.
fn compiler_output(compile: Finished) -> (String, String, Streams) {
    let words = if compile.stderr.is_empty() { compile.stdout } else { compile.stderr };
    let (stderr, info) = words.finish();
    (String::new(), stderr, Streams { stderr: info, ..Streams::default() })
}

fn describe(phase: &Finished) -> PhaseReport {
    let words = |capture: &crate::output::Capture| match phase.phase {
        Phase::Compile => capture.text(),
        Phase::Run => String::new(),
    };
    PhaseReport {
        phase: phase.phase,
        outcome: phase.outcome.clone(),
        usage: phase.usage,
        start: phase.start,
        cached: phase.cached,
        stdout: words(&phase.stdout),
        stderr: words(&phase.stderr),
    }
}
