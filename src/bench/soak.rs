//! The soak: many runs through one server of this machine, and whether anything grows with them.

use std::{
    cell::RefCell,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use serde::Serialize;

use super::{
    here::Here,
    load::{End, Pace, Task, load},
    process,
    progress::Progress,
    results::percentile,
    text::number,
};
use crate::table;

const CLIENTS: usize = 16;
/// How often it is looked on the way.
const PARTS: u64 = 10;
/// How long a part lasts when nobody asked for a number of runs.
const PART: Duration = Duration::from_secs(6);
/// What ran last is cleared away, and the sandboxes ahead of need are there again.
const SETTLES: Duration = Duration::from_secs(1);

/// What the soak gave.
#[derive(Debug, Serialize)]
pub(super) struct Soak {
    pub(super) languages: Vec<&'static str>,
    pub(super) runs: u64,
    pub(super) parts: Vec<Part>,
    pub(super) errors: u64,
    pub(super) first_error: Option<String>,
}

/// A part of it.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Part {
    /// Runs since the beginning.
    pub(super) runs: u64,
    /// Of the runs of this part.
    pub(super) p50_ms: f64,
    /// Of the server's processes, at the end of this part.
    pub(super) memory_bytes: u64,
    pub(super) descriptors: usize,
    /// Processor time of a run of this part, of the server and all that it started.
    pub(super) cpu_ms: f64,
    /// Of the server; nothing where its programs have none.
    pub(super) cgroups: Option<usize>,
    /// By the kernel's count, of this whole host.
    pub(super) cgroups_of_kernel: u64,
}

/// Runs these tasks in turn, so often, or for a minute.
pub(super) fn soak(tasks: &[Arc<Task>], here: &Here, runs: Option<u64>, stop: &AtomicBool, progress: &Progress) -> Soak {
    let languages = tasks.iter().map(|task| task.program.language.id).collect();
    let mut soak = Soak { languages, runs: 0, parts: Vec::new(), errors: 0, first_error: None };
    let place = RefCell::new(None);
    for part in 0..PARTS {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let end = runs.map_or(End::After(PART), |runs| End::Runs(runs * (part + 1) / PARTS - runs * part / PARTS));
        let tell = |done: f64| {
            progress.part((part as f64 + done) / PARTS as f64);
            if part == 0 && place.borrow().is_none() {
                *place.borrow_mut() = process::place(here.pid());
            }
        };
        let cpu = process::cpu_ms(here.pid());
        let mut measured = load(tasks, Pace::Clients(CLIENTS), end, stop, &tell);
        thread::sleep(SETTLES);
        measured.took.sort_unstable();
        soak.runs += measured.took.len() as u64;
        soak.errors += measured.errors;
        soak.first_error = soak.first_error.or(measured.first_error);
        soak.parts.push(Part {
            runs: soak.runs,
            p50_ms: percentile(&measured.took, 0.5),
            cpu_ms: (process::cpu_ms(here.pid()) - cpu) / measured.took.len().max(1) as f64,
            memory_bytes: process::memory(here.pid()),
            descriptors: process::descriptors(here.pid()),
            cgroups: place.borrow().as_deref().map(process::cgroups),
            cgroups_of_kernel: process::cgroups_of_kernel(),
        });
    }
    soak
}

/// As lines.
pub(super) fn text(soak: &Soak) -> String {
    let header =
        ["RUNS SO FAR", "P50 MS", "CPU MS", "MEMORY MIB", "DESCRIPTORS", "CGROUPS", "KERNEL'S COUNT"].map(str::to_owned);
    let rows = soak.parts.iter().map(|part| {
        let mib = part.memory_bytes as f64 / f64::from(1 << 20);
        let [p50, cpu] = [part.p50_ms, part.cpu_ms].map(number);
        let cgroups = part.cgroups.map_or_else(|| "-".to_owned(), |count| count.to_string());
        let kernels = part.cgroups_of_kernel.to_string();
        [part.runs.to_string(), p50, cpu, format!("{mib:.1}"), part.descriptors.to_string(), cgroups, kernels]
    });
    let all: Vec<_> = [header].into_iter().chain(rows).collect();
    let error = soak.first_error.as_ref().map(|error| format!("{} errors, the first: {error}\n", soak.errors));
    let languages = soak.languages.join(", ");
    let title = format!("{} runs of {languages}, {CLIENTS} clients\n", soak.runs);
    format!("{title}{}{}", table::columns(&all), error.unwrap_or_default())
}
