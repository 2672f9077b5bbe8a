//! The results as people read them.

use crate::{
    aims::Aim,
    measure::Way,
    results::{Machine, Results, Row},
    soak::Soak,
};

pub(crate) fn print(results: &Results) {
    machine(&results.machine, results.seconds);
    heading("One at a time: the ratio is p50 to the bare p50");
    results.rows.iter().filter(|row| row.clients == 1).for_each(line);
    heading("Many at once: the ratio is runs/s to the bare runs/s on all cores");
    results.rows.iter().filter(|row| row.clients > 1).for_each(line);
    println!("\nhello is sent compiled, and started as it is; c is the same program as source, compiled in each run.");
    println!(
        "CPU: milliseconds of processor time for a run, of the caller (bench or server), the launcher, and what it started;"
    );
    println!("its ratio is to the bare processor time, and hardly changes when the machine is busy with something else.");
    soak(&results.soak);
    aims(&results.aims);
    let errors = results.rows.iter().map(|row| &row.first_error).chain([&results.soak.first_error]);
    errors.flatten().for_each(|error| println!("error: {error}"));
}

fn machine(machine: &Machine, seconds: f64) {
    let percent = |share: f64| (share * 100.0).round();
    let (before, after) = machine.used_by_others;
    println!("{} cores of {}, Linux {}; measured in {seconds:.0} s", machine.cores, machine.processor, machine.kernel);
    println!("Processors in use by others: {} % before, {} % after", percent(before), percent(after));
    if machine.is_noisy() {
        println!("The machine is busy with something else: the numbers are rough.");
    }
    machine.weaker.iter().for_each(|weakness| println!("weaker here: {weakness}"));
}

fn heading(title: &str) {
    println!("\n{title}\n");
    println!(
        "{:<8} {:<8} {:>7} {:>6} {:>9} {:>9} {:>8} {:>6}   {:>7} {:>8} {:>8} {:>6} {:>6}",
        "subject",
        "way",
        "clients",
        "runs",
        "p50 ms",
        "p99 ms",
        "runs/s",
        "ratio",
        "CPU: ms",
        "launcher",
        "program",
        "ratio",
        "errors"
    );
}

fn line(row: &Row) {
    let way = match row.way {
        Way::Bare => "bare",
        Way::Library => "library",
        Way::Http => "http",
    };
    let cpu = row.cpu_per_run;
    println!(
        "{:<8} {:<8} {:>7} {:>6} {:>9.2} {:>9.2} {:>8.1} {:>6.2}   {:>7.2} {:>8.2} {:>8.2} {:>6.2} {:>6}",
        row.subject,
        way,
        row.clients,
        row.runs,
        row.p50_ms,
        row.p99_ms,
        row.runs_per_second,
        row.ratio,
        cpu.caller_ms,
        cpu.launcher_ms,
        cpu.programs_ms,
        row.cpu_ratio,
        row.errors
    );
}

fn soak(soak: &Soak) {
    let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    let cpu = soak.cpu_per_run;
    println!(
        "\nSoak: {} of {} runs of hello over HTTP, 16 clients, {:.0} runs/s, {} errors",
        soak.runs, soak.wanted, soak.runs_per_second, soak.errors
    );
    println!(
        "  CPU for a run: server {:.3} ms, launcher {:.3} ms, what it started {:.3} ms",
        cpu.caller_ms, cpu.launcher_ms, cpu.programs_ms
    );
    let samples: Vec<String> = soak.samples.iter().map(|(runs, bytes)| format!("{runs}: {:.1}", mib(*bytes))).collect();
    println!(
        "  memory of server and launcher in MiB: idle {:.1}; after so many runs {}",
        mib(soak.idle_bytes),
        samples.join(", ")
    );
}

fn aims(aims: &[Aim]) {
    println!("\nAims\n");
    for aim in aims {
        let met = if aim.met { "yes" } else { "NO" };
        println!("  {met:<4} {:<42} {:<24} {}", aim.what, aim.wanted, aim.measured);
    }
}
