//! One engine for all tests of this program, and the way of a sample through it.

use std::{path::PathBuf, sync::OnceLock, time::Duration};

use codecanvas_engine::{Engine, EngineConfig, Registry, Sample};
use codecanvas_protocol::{CompileSpec, Encoding, JobSpec, LanguageInfo, LimitsSpec, Outcome, Phase, Report, SourceFile};
use tokio::runtime::{Builder, Runtime};

/// Set where the tests are run once more by a user who cannot reach every toolchain of this machine.
const SECOND_RUN: &str = "CODECANVAS_TEST_AS_ORDINARY_USER";

/// All definitions.
pub(crate) fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| Registry::load(None).expect("the definitions are right"))
}

/// The samples of a language that are tried. A second run is about the way into the sandbox, which takes the same from every
/// program; of languages that are compiled, which costs time, it tries a few.
pub(crate) fn samples(language: &LanguageInfo) -> Vec<&'static Sample> {
    let all = registry().samples();
    let (_, samples) = all.into_iter().find(|(id, _)| *id == language.id).expect("the language has a definition");
    let is_tried = |sample: &&Sample| ["hello", "threads", "compile-error", "endless-loop"].contains(&sample.name.as_str());
    let few = language.compiled && std::env::var_os(SECOND_RUN).is_some();
    let (tried, left): (Vec<_>, Vec<_>) = samples.iter().partition(|sample| !few || is_tried(sample));
    if !left.is_empty() {
        let names: Vec<&str> = left.iter().map(|sample| sample.name.as_str()).collect();
        eprintln!("NOT RUN: {} of {}, to save time: only by root", names.join(", "), language.id);
    }
    tried
}

/// An engine that waits: other programs may keep this machine busy for a while.
pub(crate) fn patient_engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let config = EngineConfig { queue: 1000, queue_wait: Duration::from_secs(3600), ..EngineConfig::default() };
        let launcher = PathBuf::from(env!("CARGO_BIN_EXE_codecanvas"));
        Engine::start_with(&config, Some(launcher)).expect("the engine starts")
    })
}

/// What there is of a language, or nothing when this user cannot reach its toolchain.
#[track_caller]
pub(crate) fn available(engine: &Engine, id: &str) -> Option<LanguageInfo> {
    runtime().block_on(engine.probe_one(id));
    let language = engine.languages().into_iter().find(|language| language.id == id).expect("the language has a definition");
    if language.available {
        return Some(language);
    }
    let reason = language.reason.unwrap_or_default();
    // A toolchain that is found and does not work is a failure for every user.
    if std::env::var_os(SECOND_RUN).is_some() && reason.contains("not found") {
        eprintln!("NOT RUN: every sample of {id}: {reason}");
        return None;
    }
    panic!("{id} is not available: {reason}; `make test` installs it, or: {}", language.install.unwrap_or_default());
}

/// A sample as a job for the language, called by this name. The clock is given all the time there may be.
pub(crate) fn job(language: &LanguageInfo, name: &str, sample: &Sample) -> JobSpec {
    let ceilings = EngineConfig::default();
    let wall_time = |most: LimitsSpec| LimitsSpec { wall_time_ms: most.wall_time_ms, ..LimitsSpec::default() };
    let (source, files, entrypoint) = match sample.files.as_slice() {
        [(_, only)] => (Some(text(only)), Vec::new(), None),
        files => (None, files.iter().map(file).collect(), Some(sample.entrypoint.clone())),
    };
    let compile = CompileSpec { args: sample.flags.clone(), limits: wall_time(ceilings.compile.ceilings) };
    JobSpec {
        language: name.to_owned(),
        source,
        files,
        entrypoint,
        stdin: sample.stdin.clone(),
        args: sample.args.clone(),
        compile: language.compiled.then_some(compile),
        limits: sample.limits.or(wall_time(ceilings.run.ceilings)),
        ..JobSpec::default()
    }
}

fn file((name, content): &(String, Vec<u8>)) -> SourceFile {
    SourceFile { name: name.clone(), content: text(content), encoding: Encoding::Utf8 }
}

fn text(content: &[u8]) -> String {
    String::from_utf8(content.to_vec()).expect("samples are text")
}

#[track_caller]
pub(crate) fn report(engine: &Engine, job: JobSpec) -> Report {
    runtime().block_on(engine.run(job)).expect("the engine works")
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Whether a report is what the sample expects.
pub(crate) fn check(sample: &Sample, report: &Report) -> Result<(), String> {
    let expect = &sample.expect;
    let last = report.phases.last().ok_or("no phase was started")?;
    if last.phase != expect.phase {
        return Err(format!("it ended in the phase {:?}", last.phase));
    }
    let kind = serde_json::to_value(&report.outcome).expect("an outcome is JSON")["kind"].clone();
    if kind != expect.outcome {
        return Err(format!("its outcome is {kind}"));
    }
    match &report.outcome {
        Outcome::Exited { code } if *code != expect.code => return Err(format!("its exit code is {code}")),
        Outcome::Signaled { signal, .. } if Some(*signal) != expect.signal => return Err(format!("it died of {signal}")),
        _ => {}
    }
    if expect.stdout.as_ref().is_some_and(|stdout| *stdout != report.stdout) {
        return Err(format!("its stdout is {:?}", report.stdout));
    }
    let errors = match expect.phase {
        Phase::Compile => format!("{}{}", last.stdout, last.stderr),
        Phase::Run => report.stderr.clone(),
    };
    match expect.stderr_contains.iter().find(|piece| !errors.contains(*piece)) {
        Some(piece) => Err(format!("{piece:?} is not in what it says")),
        None => Ok(()),
    }
}
