//! A warm start is not to be seen: several hundred programs, each run by an interpreter that was executed for it and by one that was
//! kept ready, must print the same, end the same way, and use no more memory.
//!
//! A file in the folder of a language holds many programs; each begins with a line `# == name` (`// == name`), with the rest of its
//! job as JSON behind the name.

#![forbid(unsafe_code)]

use std::{fmt::Write, path::PathBuf, sync::OnceLock, time::Duration};

use codecanvas_engine::{Engine, EngineConfig};
use codecanvas_protocol::{JobSpec, Phase, Report, SourceFile, Start};
use rustix::process::geteuid;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

/// A language whose interpreter is kept ready.
struct Language {
    id: &'static str,
    /// What begins a program in a file of many.
    mark: &'static str,
    file: &'static str,
    /// How variables begin that the interpreter looks at when it starts.
    looks_at: &'static [&'static str],
    /// Which jobs are not what an interpreter waits for that was started ahead.
    is_unforeseen: fn(&JobSpec) -> bool,
}

const PYTHON: Language =
    Language { id: "python3", mark: "# == ", file: "main.py", looks_at: &["PYTHON"], is_unforeseen: |_| false };
const NODE: Language = Language {
    id: "nodejs",
    mark: "// == ",
    file: "main.js",
    looks_at: &["NODE", "TZ"],
    is_unforeseen: |job| cannot_wait(job) || has_file(job, "package.json"),
};
const TYPESCRIPT: Language =
    Language { id: "typescript", file: "main.ts", is_unforeseen: |job| (NODE.is_unforeseen)(job) || is_not_kept(job), ..NODE };
const JAVA: Language = Language {
    id: "java",
    mark: "// == ",
    file: "Main.java",
    looks_at: &[""],
    is_unforeseen: |job| {
        cannot_wait(job)
            || is_not_kept(job)
            || !job.args.is_empty()
            || job.limits.memory_bytes.is_some()
            || has_file(job, ".hotspotrc")
    },
};

const RUBY: Language = Language {
    id: "ruby",
    mark: "# == ",
    file: "main.rb",
    looks_at: &[""],
    is_unforeseen: |job| cannot_wait(job) || !job.args.is_empty() || job.limits.stack_bytes.is_some(),
};
const PHP: Language = Language { id: "php", mark: "// == ", file: "main.php", ..RUBY };

/// One that was started ahead has been told its file's name, and what waits in it has needed descriptors.
fn cannot_wait(job: &JobSpec) -> bool {
    job.entrypoint.is_some() || job.limits.open_files.is_some_and(|files| files < 64)
}

/// Of what an ordinary user compiles, folders are not kept, and what was compiled just now is executed.
fn is_not_kept(job: &JobSpec) -> bool {
    !geteuid().is_root() && job.files.iter().any(|file| file.name.contains('/'))
}

fn has_file(job: &JobSpec, name: &str) -> bool {
    job.files.iter().any(|file| file.name == name)
}

macro_rules! topics {
    ($language:ident, $folder:literal, $extension:literal, $($test:ident = $topic:literal),* $(,)?) => {
        $(#[test]
        fn $test() {
            same_either_way(&$language, &programs(&$language, include_str!(concat!($folder, "/", $topic, $extension))));
        })*
    };
}

topics! {
    PYTHON, "python3", ".py",
    interpreter = "interpreter", endings = "endings", errors = "errors", streams = "streams", state = "state",
    processes = "processes",
}

topics! {
    NODE, "nodejs", ".js",
    node_process = "process", node_modules = "modules", node_streams = "streams", node_endings = "endings",
    node_concurrency = "concurrency",
}

topics! {
    TYPESCRIPT, "typescript", ".ts",
    typescript = "programs",
}

topics! {
    JAVA, "java", ".java",
    java_process = "process", java_language = "language", java_streams = "streams", java_endings = "endings",
}

topics! {
    RUBY, "ruby", ".rb",
    ruby_process = "process", ruby_streams = "streams", ruby_endings = "endings",
}

topics! {
    PHP, "php", ".php",
    php = "programs",
}

/// Every module of the standard library: kept ready or not, it has the same names in it and brings the same others along.
#[test]
fn modules() {
    let Some(engines) = engines(&PYTHON) else { return };
    let list = "import os, pkgutil, sys\n\
                everything = pkgutil.iter_modules([os.path.dirname(os.__file__)])\n\
                names = getattr(sys, 'stdlib_module_names', None) or {each.name for each in everything}\n\
                print('\\n'.join(sorted(names)))";
    let names = engines.cold(&job(&PYTHON, json!({}), list.to_owned())).stdout;
    let programs: Vec<Program> = names.lines().filter(|name| !LEFT_OUT.contains(name)).map(import_of).collect();
    assert!(programs.len() > 150, "{names}");
    same_either_way(&PYTHON, &programs);
}

/// One opens a browser; of the second, an extension, one that is kept has imported some before it; the third, of Python 3.8, moves other
/// modules about in `sys.modules`.
const LEFT_OUT: [&str; 3] = ["antigravity", "_asyncio", "dummy_threading"];

fn import_of(name: &str) -> Program {
    let source = format!(
        "import sys\n\
         try:\n    import {name} as m\n\
         except BaseException as e: print(type(e).__name__, e)\n\
         else:\n    print(m.__name__, getattr(m, '__file__', 0), m.__doc__, m.__spec__)\n    print(sorted(vars(m)))\n\
         print(list(sys.modules))"
    );
    Program { name: name.to_owned(), job: job(&PYTHON, json!({}), source) }
}

struct Program {
    name: String,
    job: JobSpec,
}

fn programs(language: &Language, text: &str) -> Vec<Program> {
    let pieces = text.split(language.mark).skip(1);
    let program = |piece: &str| {
        let (head, source) = piece.split_once('\n').expect("a line");
        let (name, rest) = head.split_once(" {").map_or((head, None), |(name, rest)| (name, Some(format!("{{{rest}"))));
        let rest = rest.map_or(json!({}), |rest| serde_json::from_str(&rest).unwrap_or_else(|error| panic!("{name}: {error}")));
        Program { name: name.to_owned(), job: job(language, rest, source.to_owned()) }
    };
    pieces.map(program).collect()
}

/// A job of one program, and of files beside it: `{"files": {"name": "content"}, …}`.
fn job(language: &Language, mut rest: Value, source: String) -> JobSpec {
    let files = rest.as_object_mut().and_then(|rest| rest.remove("files"));
    let content = |value: &Value| value.as_str().expect("a text").to_owned();
    let beside =
        files.iter().flat_map(|files| files.as_object().expect("an object")).map(|(name, text)| (name.clone(), content(text)));
    let files = std::iter::once((language.file.to_owned(), source)).chain(beside);
    rest["language"] = json!(language.id);
    let spec: JobSpec = serde_json::from_value(rest).expect("a job");
    JobSpec { files: files.map(|(name, content)| SourceFile { name, content, ..SourceFile::default() }).collect(), ..spec }
}

/// One engine that keeps interpreters ready and one that does not.
struct Engines {
    runtime: Runtime,
    warm: Engine,
    cold: Engine,
}

impl Engines {
    fn cold(&self, job: &JobSpec) -> Report {
        self.runtime.block_on(self.cold.run(job.clone())).expect("the engine works")
    }

    /// Runs it once the interpreter is ready, for which the first of all may have to wait.
    fn warm(&self, language: &Language, job: &JobSpec) -> Report {
        let expected = expected_start(language, job);
        for _ in 0..600 {
            let report = self.runtime.block_on(self.warm.run(job.clone())).expect("the engine works");
            if start(&report) == expected {
                return report;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("it is never started {expected:?}: {job:?}");
    }
}

/// What the interpreter looks at when it starts cannot be told to one that has started.
fn expected_start(language: &Language, job: &JobSpec) -> Start {
    let is_looked_at = |name: &String| language.looks_at.iter().any(|prefix| name.starts_with(prefix));
    if (language.is_unforeseen)(job) || job.env.keys().any(is_looked_at) { Start::Cold } else { Start::Warm }
}

fn start(report: &Report) -> Start {
    let last = report.phases.last().expect("a phase");
    assert_eq!(last.phase, Phase::Run, "it is not compiled: {}", report.stderr);
    last.start
}

fn engines(language: &Language) -> Option<&'static Engines> {
    static ENGINES: OnceLock<Engines> = OnceLock::new();
    let engines = ENGINES.get_or_init(start_engines);
    let known = engines.warm.languages().into_iter().find(|known| known.id == language.id).expect("it is built in");
    if !known.available {
        eprintln!("NOT RUN: warm starts of {}: {}", known.id, known.reason.unwrap_or_default());
        return None;
    }
    Some(engines)
}

fn start_engines() -> Engines {
    let patient = EngineConfig { runners: 2, queue: 1000, queue_wait: Duration::from_secs(3600), ..EngineConfig::default() };
    let launcher = || Some(PathBuf::from(env!("CARGO_BIN_EXE_codecanvas")));
    let warm = Engine::start_with(&EngineConfig { warm: true, ..patient.clone() }, launcher()).expect("the engine starts");
    let cold = Engine::start_with(&EngineConfig { warm: false, ..patient }, launcher()).expect("the engine starts");
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    for engine in [&warm, &cold] {
        for language in [PYTHON, NODE, TYPESCRIPT, JAVA, RUBY, PHP] {
            runtime.block_on(engine.probe_one(language.id));
        }
    }
    Engines { runtime, warm, cold }
}

/// How much more a program may use that writes to most of what it shares with the template: there are more modules in that than most
/// programs import.
const SLACK: u64 = 8 << 20;

#[track_caller]
fn same_either_way(language: &Language, programs: &[Program]) {
    let Some(engines) = engines(language) else { return };
    let mut differences = String::new();
    // Without a cgroup it is a matter of luck where an interpreter notices that a process of it can have no more.
    let is_counted = !engines.warm.weaker().iter().any(|sentence| sentence.starts_with("no memory cgroup"));
    let can_be_run = |program: &&Program| is_counted || program.job.limits.memory_bytes.is_none();
    for Program { name, job } in programs.iter().filter(can_be_run) {
        let (cold, warm) = (engines.cold(job), engines.warm(language, job));
        assert_eq!(start(&cold), Start::Cold, "{name}");
        if let Some(difference) = difference(&told(&cold), &told(&warm)) {
            let _ = writeln!(differences, "{name}: {difference}");
        }
        let needs_more = |warm: &Report| warm.usage.memory_peak_bytes > cold.usage.memory_peak_bytes + SLACK;
        // What several threads have at the same time is a matter of luck.
        if needs_more(&warm) && (0..4).all(|_| needs_more(&engines.warm(language, job))) {
            let peaks = (cold.usage.memory_peak_bytes, warm.usage.memory_peak_bytes);
            let _ = writeln!(differences, "{name}: memory {peaks:?}");
        }
    }
    assert!(differences.is_empty(), "of {} programs:\n{differences}", programs.len());
}

/// All that a program says, and how it ended; addresses differ each time.
fn told(report: &Report) -> String {
    let mut end = json!(report.outcome);
    end["detail"]["measured"].take();
    end["measured"].take();
    let text = format!("{}\n-- stderr --\n{}\n-- end --\n{end}", report.stdout, report.stderr);
    let mut pieces = text.split("0x");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |told, piece| told + "0x" + piece.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
}

/// What follows where two texts part.
fn difference(cold: &str, warm: &str) -> Option<String> {
    if cold == warm {
        return None;
    }
    let same = cold.chars().zip(warm.chars()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(60)).take(200).collect::<String>();
    Some(format!("\n  cold …{:?}\n  warm …{:?}", around(cold), around(warm)))
}
