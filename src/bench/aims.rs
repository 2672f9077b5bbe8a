//! What this project wants to reach, beside what was measured: on this machine, against the same programs without any sandbox.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use serde::Serialize;

use super::{
    api::Target,
    bare::Tools,
    here::Here,
    host::cores,
    load::{End, Measured, Pace, Task, load},
    pair::{Pairs, Sent, compare},
    process,
    programs::{self, Language, Program, Workload},
    progress::Progress,
    results::percentile,
    soak::{Part, Soak, soak},
    text::number,
};

/// One aim.
#[derive(Debug, Default, Serialize)]
pub(super) struct Aim {
    pub(super) what: String,
    pub(super) wanted: String,
    pub(super) measured: String,
    /// Nothing when it could not be measured; `note` says why.
    pub(super) held: Option<bool>,
    pub(super) note: String,
    pub(super) errors: u64,
    /// The numbers behind `measured`.
    pub(super) http_ms: Option<f64>,
    pub(super) bare_ms: Option<f64>,
    /// What a shell would start.
    pub(super) bare: Vec<String>,
}

/// What a run over HTTP may take, beside the bare command.
#[derive(Debug, Clone, Copy)]
enum Limit {
    /// This multiple of it.
    Times(f64),
    /// This many milliseconds more.
    Added(f64),
}

use Limit::{Added, Times};
use Sent::{Again, Fresh};
use Workload::{Compile, Hello};

/// One client at a time: the p50 over HTTP, and the bare one.
const ONE_AT_A_TIME: [(&str, &str, Workload, Sent, Limit); 12] = [
    ("C hello, from the cache", "c", Hello, Again, Times(2.0)),
    ("Python hello", "python3", Hello, Again, Times(0.4)),
    ("Node hello", "nodejs", Hello, Again, Times(0.2)),
    ("Bash hello", "bash", Hello, Again, Times(2.0)),
    ("Java hello, cold cache", "java", Hello, Fresh, Times(0.6)),
    ("Java hello, from the cache", "java", Hello, Again, Times(0.5)),
    ("C++ with bits/stdc++.h, cold cache", "c++", Compile, Fresh, Times(0.3)),
    ("C++ with bits/stdc++.h, from the cache", "c++", Compile, Again, Added(5.0)),
    ("Go hello, cold cache", "go", Hello, Fresh, Times(0.8)),
    ("Go hello, from the cache", "go", Hello, Again, Added(5.0)),
    ("Rust hello, cold cache", "rust", Hello, Fresh, Times(0.8)),
    ("Rust hello, from the cache", "rust", Hello, Again, Added(5.0)),
];

/// Runs a second of many clients, as a part of what all cores reach bare.
const MANY_AT_ONCE: [(&str, &str, f64); 2] = [("C hello", "c", 0.8), ("Python hello", "python3", 3.0)];
const CLIENTS: usize = 64;
/// How often each side has its turn there.
const ROUNDS: usize = 3;

/// The load at which the slowest answers are compared with the middle one.
const LOAD: f64 = 0.8;
const P99_TIMES_P50: f64 = 5.0;

/// The most memory that an idle server may have, with everything that it keeps ready, in MiB.
const IDLE_MIB: f64 = 150.0;
/// How much more still counts as flat, and over how many runs it has to be.
const FLAT: f64 = 1.1;
const FLAT_RUNS: u64 = 100_000;
/// What runs in the soak, in turn.
const SOAKED: [&str; 4] = ["bash", "python3", "nodejs", "c"];

/// How often a turn a comparison has.
const TURNS_FOR_PAIRS: u32 = 5;

/// What is asked for.
pub(super) struct Wish<'a> {
    /// Only aims of these languages.
    pub(super) languages: &'a [&'static Language],
    /// How long a turn takes.
    pub(super) turn: Duration,
    pub(super) soak_runs: Option<u64>,
}

/// Measures all aims of these languages.
pub(super) fn measure(
    target: &Arc<Target>,
    here: &Here,
    wish: &Wish<'_>,
    stop: &AtomicBool,
) -> Result<(Vec<Aim>, Option<Soak>)> {
    let turn = wish.turn;
    let wanted = |id: &str| wish.languages.iter().any(|language| language.id == id);
    let one_at_a_time = ONE_AT_A_TIME.iter().filter(|aim| wanted(aim.1));
    let many_at_once = MANY_AT_ONCE.iter().filter(|aim| wanted(aim.1));
    let progress = Progress::over(one_at_a_time.clone().count() + many_at_once.clone().count() + 3);
    progress.begin("idle".to_owned());
    let mut aims = vec![idle(here)];
    progress.end();
    let tools = Tools::of(&target.server);
    for &(what, language, workload, sent, limit) in one_at_a_time {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        progress.begin(what.to_owned());
        let pairs = |task: &Task, aim: &mut Aim| -> Result<()> {
            let bare = tools.bare(&task.program)?.context("it is not compared")?;
            aim.bare = bare.commands();
            judge_pairs(aim, limit, &compare(task, &bare, sent, turn * TURNS_FOR_PAIRS, stop));
            Ok(())
        };
        aims.push(try_to(what, limit.to_string(), target, language, workload, pairs));
        progress.end();
    }
    for &(what, language, least) in many_at_once {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        progress.begin(format!("{what}, {CLIENTS} clients"));
        let wanted = format!("≥ {least} × bare on {} cores", cores());
        let throughput = |task: &Task, aim: &mut Aim| throughput(task, aim, &tools, least, turn, stop);
        aims.push(try_to(&format!("{what}: runs/s, {CLIENTS} clients"), wanted, target, language, Hello, throughput));
        progress.end();
    }
    if !stop.load(Ordering::Relaxed) && wanted("python3") {
        progress.begin("80 % load".to_owned());
        let wanted = format!("p99 ≤ {P99_TIMES_P50} × p50");
        let slowest = |task: &Task, aim: &mut Aim| slowest(task, aim, turn, stop);
        aims.push(try_to("Python hello at 80 % load", wanted, target, "python3", Hello, slowest));
        progress.end();
    }
    let mut soaked = None;
    if !stop.load(Ordering::Relaxed) {
        progress.begin("soak".to_owned());
        let tasks: Vec<Arc<Task>> = SOAKED
            .iter()
            .filter(|id| wanted(id))
            .filter_map(|language| task(target, language, Hello).ok().map(Arc::new))
            .collect();
        if !tasks.is_empty() {
            let soak = soak(&tasks, here, wish.soak_runs, stop, &progress);
            aims.extend(flat(&soak));
            soaked = Some(soak);
        }
    }
    progress.clear();
    Ok((aims, soaked))
}

impl std::fmt::Display for Limit {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Times(times) => write!(formatter, "≤ {times} × bare"),
            Added(ms) => write!(formatter, "≤ bare + {ms} ms"),
        }
    }
}

/// An aim that `measure` fills in; when it cannot, the aim says why.
fn try_to(
    what: &str,
    wanted: String,
    target: &Arc<Target>,
    language: &str,
    workload: Workload,
    measure: impl FnOnce(&Task, &mut Aim) -> Result<()>,
) -> Aim {
    let mut aim = Aim { what: what.to_owned(), wanted, measured: "-".to_owned(), ..Aim::default() };
    let result = task(target, language, workload).and_then(|task| measure(&task, &mut aim));
    if let Err(error) = result {
        aim.note = format!("not measured: {error:#}");
    }
    aim
}

fn task(target: &Arc<Target>, language: &str, workload: Workload) -> Result<Task> {
    let language = programs::languages(&[language.to_owned()])?[0];
    let runtime = target.api.find(language).with_context(|| format!("the server has no {}", language.id))?;
    let program = Program::find(language, workload).context("there is no such program")?;
    Ok(Task { target: target.clone(), runtime, program })
}

fn judge_pairs(aim: &mut Aim, limit: Limit, pairs: &Pairs) {
    let (http, bare) = (pairs.http_ms, pairs.bare_ms);
    let held = match limit {
        Times(times) => http <= times * bare,
        Added(ms) => http <= bare + ms,
    };
    aim.measured = match limit {
        Times(_) => format!("{:.2} × ({http:.2} to {bare:.2} ms)", http / bare),
        Added(_) => format!("{:+.2} ms ({http:.2} to {bare:.2} ms)", http - bare),
    };
    aim.held = (pairs.count > 0).then_some(held);
    aim.note = format!("{} pairs", pairs.count);
    if aim.what.contains("from the cache") && pairs.cached == 0 {
        aim.note.push_str(", the server tells of no cache");
    }
    (aim.http_ms, aim.bare_ms) = (Some(http), Some(bare));
    errors(aim, pairs.errors, pairs.first_error.as_deref());
}

fn errors(aim: &mut Aim, count: u64, first: Option<&str>) {
    aim.errors += count;
    if let Some(first) = first {
        aim.note.push_str(&format!(", {count} errors, the first: {first}"));
    }
}

fn throughput(task: &Task, aim: &mut Aim, tools: &Tools, least: f64, turn: Duration, stop: &AtomicBool) -> Result<()> {
    let bare = tools.bare(&task.program)?.context("it is not compared")?;
    aim.bare = bare.commands();
    let tasks = [Arc::new(task.clone())];
    let send = |time| load(&tasks, Pace::Clients(CLIENTS), End::After(time), stop, &|_| ());
    // The first turn warms up.
    send(turn / 4);
    let (mut http, mut direct) = (Measured::default(), Measured::default());
    for _ in 0..ROUNDS {
        http.add(send(turn));
        direct.add(bare.parallel(cores(), turn));
    }
    let a_second = |measured: &Measured| measured.took.len() as f64 / measured.elapsed.as_secs_f64();
    let ratio = a_second(&http) / a_second(&direct);
    aim.measured = format!("{ratio:.2} × ({:.0} to {:.0}/s)", a_second(&http), a_second(&direct));
    aim.held = Some(ratio >= least);
    errors(aim, http.errors + direct.errors, http.first_error.or(direct.first_error).as_deref());
    Ok(())
}

fn slowest(task: &Task, aim: &mut Aim, turn: Duration, stop: &AtomicBool) -> Result<()> {
    let tasks = [Arc::new(task.clone())];
    let most = load(&tasks, Pace::Clients(CLIENTS), End::After(turn), stop, &|_| ());
    let rate = LOAD * most.took.len() as f64 / most.elapsed.as_secs_f64();
    let mut measured = load(&tasks, Pace::Rate(rate), End::After(turn * TURNS_FOR_PAIRS), stop, &|_| ());
    measured.took.sort_unstable();
    let [p50, p99] = [0.5, 0.99].map(|share| percentile(&measured.took, share));
    aim.measured = format!("{:.2} × ({p99:.1} to {p50:.1} ms)", p99 / p50);
    aim.held = Some(p99 <= P99_TIMES_P50 * p50);
    aim.note = format!("{rate:.0}/s, {} runs", measured.took.len());
    errors(aim, most.errors + measured.errors, most.first_error.or(measured.first_error).as_deref());
    Ok(())
}

/// Waits until all that is kept ready is there.
fn idle(here: &Here) -> Aim {
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut bytes = process::memory(here.pid());
    loop {
        thread::sleep(Duration::from_secs(1));
        let now = process::memory(here.pid());
        let settled = now.abs_diff(bytes) < bytes / 50;
        bytes = now;
        if settled || Instant::now() > deadline {
            break;
        }
    }
    let mib = bytes as f64 / f64::from(1 << 20);
    Aim {
        what: "Memory of the idle server and all that it keeps ready".to_owned(),
        wanted: format!("≤ {IDLE_MIB} MiB"),
        measured: format!("{mib:.1} MiB"),
        held: Some(mib <= IDLE_MIB),
        note: format!("{} processes", process::family(here.pid()).len()),
        ..Aim::default()
    }
}

fn flat(soak: &Soak) -> [Aim; 4] {
    let enough = soak.runs >= FLAT_RUNS;
    // After the first part all that is made once has been. A few of what is counted come and go with the sandboxes ahead of need.
    let aim = |what: &str, of: fn(&Part) -> f64, unit: &str, few: f64| {
        let [first, last] = [soak.parts.first(), soak.parts.last()].map(|part| part.map_or(f64::NAN, of));
        let note = match (enough, last.is_finite()) {
            (false, _) => format!("only {} runs: --soak {FLAT_RUNS}", soak.runs),
            (true, false) => "there are none on this host".to_owned(),
            (true, true) => String::new(),
        };
        let at_end = if few > 0.0 { format!("{last:.0}") } else { number(last) };
        let few_more = if few > 0.0 { format!(", or {few} more") } else { String::new() };
        Aim {
            what: format!("{what} over {FLAT_RUNS} runs"),
            wanted: format!("≤ {FLAT} × the first tenth{few_more}"),
            measured: format!("{:.2} × ({at_end} {unit} at the end)", last / first),
            held: (enough && last.is_finite()).then_some(last <= (first * FLAT).max(first + few)),
            note,
            ..Aim::default()
        }
    };
    [
        aim("Time of a run", |part| part.p50_ms, "ms", 0.0),
        aim("Memory", |part| part.memory_bytes as f64 / f64::from(1 << 20), "MiB", 0.0),
        aim("Descriptors", |part| part.descriptors as f64, "of them", 4.0),
        aim("Cgroups", |part| part.cgroups.map_or(f64::NAN, |count| count as f64), "of them", 4.0),
    ]
}
