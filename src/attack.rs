//! `codecanvas attack`: an operator's own proof that programs are contained.

mod end;
mod holdings;
mod lures;
mod step;
mod suite;
mod target;

use std::{
    io::{IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use codecanvas_protocol::{JobSpec, LanguageInfo, Report, Start};
use serde::Serialize;

use crate::{table, terminal};
use holdings::Holdings;
use step::Step;
use suite::{Attack, Promise};
use target::{Ran, Target};

/// Attack the sandbox: run hostile programs here, or on a server, and tell which were contained; exit code 1 when not all were.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only the attacks on these promises (`network`), or these alone (`network/metadata`).
    #[arg(value_name = "PROMISE[/ATTACK]")]
    names: Vec<String>,
    /// Print what there is, and run nothing.
    #[arg(long)]
    list: bool,
    /// Print every attack, not only those that were not contained.
    #[arg(short, long)]
    verbose: bool,
    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,
    /// How many attacks run at a time.
    #[arg(short, long, default_value_t = 2, value_name = "NUMBER")]
    jobs: u32,
    /// A server to attack (default: the sandbox of this machine).
    #[arg(short, long, env = "CODECANVAS_URL", hide_env_values = true, value_name = "URL")]
    url: Option<String>,
    /// The configuration file, for attacks on this machine.
    #[arg(long, env = "CODECANVAS_CONFIG", hide_env_values = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Languages whose interpreters are started ahead of need: what their processes are called, and a program.
const STARTED_AHEAD: [(&str, &str, &str); 4] = [
    ("nodejs", "node", "console.log('fine')"),
    ("java", "java", "public class Main { public static void main(String[] args) { System.out.println(\"fine\"); } }"),
    ("ruby", "ruby", "puts 'fine'"),
    ("php", "php", "<?php echo \"fine\\n\";"),
];

pub(crate) fn main(args: Args) -> Result<ExitCode> {
    let promises = suite::chosen(&args.names)?;
    if args.list {
        terminal::print(&listed(&promises));
        return Ok(ExitCode::SUCCESS);
    }
    let jobs = args.jobs.clamp(1, 16);
    let before = Holdings::now();
    let target = match args.url.as_deref().filter(|url| !url.is_empty()) {
        Some(url) => Target::server(url)?,
        None => Target::here(args.config.as_deref(), jobs)?,
    };
    let languages = target.languages()?;
    for _ in 0..jobs * 2 {
        // As many sandboxes of all kinds as will be needed are made ahead, each time one was needed.
        for (language, program) in harmless(&languages) {
            answers_in(&target, language, program)?;
        }
    }
    wake_interpreters(&target, &languages)?;
    let at_work = Holdings::settled();

    let verdicts = attack_all(&promises, &target, &languages, jobs);
    let host =
        if args.url.is_none() { left_behind(target, &languages, &at_work, &before) } else { answers(&target, &languages) };
    let findings = Findings::new(&promises, verdicts, host);
    terminal::print(&if args.json { format!("{:#}\n", serde_json::json!(findings)) } else { findings.text(args.verbose) });
    Ok(ExitCode::from(if findings.all_contained() { 0 } else { 1 }))
}

/// Has interpreters started ahead, so that an attack on where they waited finds one that did. On a host that does without, none will.
fn wake_interpreters(target: &Target, languages: &[LanguageInfo]) -> Result<()> {
    for (id, _, program) in
        STARTED_AHEAD.into_iter().filter(|(id, ..)| is_available(languages, id) && target.may_start_ahead(id))
    {
        for _ in 0..20 {
            if answers_in(target, id, program)? == Some(Start::Warm) {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    Ok(())
}

/// What came of an attack.
#[derive(Debug, Serialize)]
struct Verdict {
    promise: String,
    attack: String,
    what: String,
    contained: bool,
    /// Why it was not contained, or was not run.
    #[serde(skip_serializing_if = "String::is_empty")]
    finding: String,
    /// Whether its language is missing, so that nothing was tried.
    not_run: bool,
    /// How long all its programs took.
    wall_time_ms: u64,
}

/// Runs every attack, several at a time, each when its turn comes.
fn attack_all(promises: &[Promise], target: &Target, languages: &[LanguageInfo], jobs: u32) -> Vec<Verdict> {
    let all: Vec<(&Promise, &Attack)> =
        promises.iter().flat_map(|promise| promise.attacks.iter().map(move |attack| (promise, attack))).collect();
    let next = AtomicUsize::new(0);
    let verdicts = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                while let Some((promise, attack)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let verdict = verdict(promise, attack, target, languages);
                    let mut verdicts = verdicts.lock().unwrap_or_else(PoisonError::into_inner);
                    verdicts.push(verdict);
                    progress(verdicts.len(), all.len());
                }
            });
        }
    });
    verdicts.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn progress(done: usize, all: usize) {
    let mut stderr = std::io::stderr().lock();
    if stderr.is_terminal() {
        let _ = write!(stderr, "\r{done} of {all} attacks{}", if done == all { "\r\x1b[K" } else { "" });
    }
}

fn verdict(promise: &Promise, attack: &Attack, target: &Target, languages: &[LanguageInfo]) -> Verdict {
    let mut verdict = Verdict {
        promise: promise.name.clone(),
        attack: attack.name.clone(),
        what: attack.what().to_owned(),
        contained: true,
        finding: String::new(),
        not_run: false,
        wall_time_ms: 0,
    };
    let start = Instant::now();
    match run_steps(attack, target, languages) {
        Ok(None) => {}
        Ok(Some(missing)) => (verdict.not_run, verdict.finding) = (true, missing),
        Err(error) => (verdict.contained, verdict.finding) = (false, format!("{error:#}")),
    }
    verdict.wall_time_ms = start.elapsed().as_millis() as u64;
    verdict
}

/// Runs an attack's programs in order, those that stand beside each other together. It is an error when one was not contained;
/// else what was missing to run it, if anything was.
fn run_steps(attack: &Attack, target: &Target, languages: &[LanguageInfo]) -> Result<Option<String>> {
    let groups = attack.steps.split_inclusive(|step| !step.beside);
    for group in groups {
        let results: Vec<Result<Ran>> = std::thread::scope(|scope| {
            let threads: Vec<_> = group.iter().map(|step| scope.spawn(|| target.run(step, languages))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        for (step, ran) in group.iter().zip(results) {
            match ran? {
                Ran::NotRun(missing) => return Ok(Some(missing)),
                ran => check(step, &ran, target)?,
            }
        }
    }
    Ok(None)
}

/// Whether a program was contained; the error says what it did.
fn check(step: &Step, ran: &Ran, target: &Target) -> Result<()> {
    let path = &step.path;
    let mut weaker: &[String] = &[];
    if let Ran::Report(report) = ran {
        weaker = &report.weaker;
        let output = output(report);
        let escaped = output.iter().flat_map(|text| text.lines()).find(|line| line.starts_with("ESCAPED"));
        ensure!(escaped.is_none(), "{path}: {}", escaped.unwrap_or_default());
        let secret = target.lures().map(|lures| lures.secret());
        let leaked = secret.is_some_and(|secret| output.iter().any(|text| text.contains(secret)));
        ensure!(!leaked, "{path}: a secret of the host is in its output");
    }
    if let Some(lures) = target.lures() {
        let visited = lures.visited();
        ensure!(visited.is_empty(), "{path}, or what ran beside it, came to {}", visited.join(", "));
        let changed = lures.changed();
        ensure!(changed.is_empty(), "{path}, or what ran beside it: {}", changed.join(", "));
    }
    let (may, did) = (step.ends(weaker), ran.ends());
    let words = |ends: &[end::End]| ends.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
    ensure!(may.iter().any(|end| did.contains(end)), "{path}: {} was to come, {} came{}", words(may), words(&did), said(ran));
    Ok(())
}

/// All text that any phase gave.
fn output(report: &Report) -> Vec<&str> {
    let of_phases = report.phases.iter().flat_map(|phase| [phase.stdout.as_str(), phase.stderr.as_str()]);
    of_phases.chain([report.stdout.as_str(), report.stderr.as_str()]).collect()
}

/// The last words of a program that did not end as it should.
fn said(ran: &Ran) -> String {
    let Ran::Report(report) = ran else { return String::new() };
    let last = |text: &str| text.trim_end().lines().last().unwrap_or_default().chars().take(200).collect::<String>();
    format!(" (stdout: {:?}, stderr: {:?})", last(&report.stdout), last(&report.stderr))
}

/// What is amiss with the host after the attacks.
fn left_behind(target: Target, languages: &[LanguageInfo], at_work: &Holdings, before: &Holdings) -> Vec<String> {
    let mut amiss = answers(&target, languages);
    amiss.extend(at_work.added());
    // With the target end the launcher and the lures.
    drop(target);
    amiss.extend(before.added());
    amiss
}

fn answers(target: &Target, languages: &[LanguageInfo]) -> Vec<String> {
    still_answers(target, languages).err().map(|error| format!("it does not answer any more: {error:#}")).into_iter().collect()
}

/// Runs a program that harms nobody.
fn still_answers(target: &Target, languages: &[LanguageInfo]) -> Result<()> {
    let Some((language, program)) = harmless(languages).next() else {
        anyhow::bail!("neither bash nor Python nor Perl is there to try it with (`codecanvas langs` tells why)")
    };
    answers_in(target, language, program).map(drop)
}

/// Programs that print `fine`, in languages that are there.
fn harmless(languages: &[LanguageInfo]) -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = [("bash", "echo fine"), ("python3", "print('fine')"), ("perl", "print \"fine\\n\"")];
    all.into_iter().filter(|(id, _)| is_available(languages, id))
}

fn is_available(languages: &[LanguageInfo], id: &str) -> bool {
    languages.iter().any(|language| language.id == id && language.available)
}

/// Has a program that prints `fine` do so; how it was started.
fn answers_in(target: &Target, language: &str, source: &str) -> Result<Option<Start>> {
    let job = JobSpec { language: language.to_owned(), source: Some(source.to_owned()), ..JobSpec::default() };
    let report = target.report(job)?;
    ensure!(report.stdout == "fine\n", "a program that prints `fine` gave {:?} and {:?}", report.stdout, report.stderr);
    Ok(report.phases.last().map(|phase| phase.start))
}

/// Everything that was found out.
#[derive(Debug, Serialize)]
struct Findings {
    contained: usize,
    attacks: usize,
    not_run: usize,
    promises: Vec<(String, String)>,
    verdicts: Vec<Verdict>,
    /// What is amiss with the host after the attacks.
    host: Vec<String>,
}

impl Findings {
    fn new(promises: &[Promise], mut verdicts: Vec<Verdict>, host: Vec<String>) -> Findings {
        verdicts.sort_by(|one, other| (&one.promise, &one.attack).cmp(&(&other.promise, &other.attack)));
        let run = verdicts.iter().filter(|verdict| !verdict.not_run);
        Findings {
            attacks: run.clone().count(),
            contained: run.filter(|verdict| verdict.contained).count(),
            not_run: verdicts.iter().filter(|verdict| verdict.not_run).count(),
            promises: promises.iter().map(|promise| (promise.name.clone(), promise.sentence.clone())).collect(),
            verdicts,
            host,
        }
    }

    fn all_contained(&self) -> bool {
        self.contained == self.attacks && self.attacks > 0 && self.host.is_empty()
    }

    fn text(&self, verbose: bool) -> String {
        let mut rows = vec![["promise", "contained", "what is promised"].map(str::to_owned)];
        for (name, sentence) in &self.promises {
            let own = || self.verdicts.iter().filter(|verdict| verdict.promise == *name);
            let run = own().filter(|verdict| !verdict.not_run);
            let contained = run.clone().filter(|verdict| verdict.contained).count();
            rows.push([name.clone(), format!("{contained}/{}", run.count()), sentence.clone()]);
            for verdict in own().filter(|verdict| verbose || !verdict.contained || verdict.not_run) {
                let word = match verdict {
                    Verdict { not_run: true, .. } => "not run",
                    Verdict { contained: true, .. } => "yes",
                    _ => "NO",
                };
                let finding = if verdict.finding.is_empty() { String::new() } else { format!(" [{}]", verdict.finding) };
                rows.push([format!("  {}", verdict.attack), word.to_owned(), format!("{}{finding}", verdict.what)]);
            }
        }
        let mut text = table::columns(&rows);
        text.push('\n');
        match self.host.as_slice() {
            [] => text.push_str("Nothing is left behind, and the next program runs.\n"),
            amiss => amiss.iter().for_each(|what| text.push_str(&format!("LEFT BEHIND: {what}\n"))),
        }
        if self.not_run > 0 {
            text.push_str(&format!("{} not run: their languages are missing (`make languages`)\n", self.not_run));
        }
        text.push_str(&format!("contained {}/{}\n", self.contained, self.attacks));
        text
    }
}

fn listed(promises: &[Promise]) -> String {
    let row = |promise: &Promise, attack: &Attack| [format!("{}/{}", promise.name, attack.name), attack.what().to_owned()];
    let rows: Vec<_> =
        promises.iter().flat_map(|promise| promise.attacks.iter().map(move |attack| row(promise, attack))).collect();
    table::columns(&rows)
}
