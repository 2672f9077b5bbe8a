//! `codecanvas bench`: how fast a server runs programs: ours, or one with the interface of Piston or Judge0.
//!
//! ```text
//! programs.rs   what is run, and what it must print
//! api.rs        what a server understands: api/codecanvas.rs, piston.rs, judge0.rs
//! load.rs       clients, and what they measure            server.rs   one connection
//! matrix.rs     languages × workloads × clients           results.rs  the numbers
//! text.rs, chart.rs   the numbers to read
//! here.rs       a server of this machine
//! aims.rs       what this project wants to reach on this machine, beside bare.rs, the same programs without any sandbox
//! soak.rs       many runs, and whether anything grows
//! ```

mod aims;
mod api;
mod bare;
mod chart;
mod here;
mod host;
mod interrupt;
mod load;
mod matrix;
mod pair;
mod process;
mod programs;
mod progress;
mod results;
mod server;
mod soak;
mod text;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::terminal;
use api::{Kind, Target};
use here::Here;
use host::Host;
use interrupt::Interrupt;
use load::End;
use matrix::{Matrix, Rate};
use programs::{LANGUAGES, Workload};
use results::{Facts, Results};
use server::Server;

/// Measure how fast a server runs programs: one of ours, or any with the interface of Piston or Judge0.
///
/// Every answer is checked. The exit code is 1 when a run failed or printed something else, 130 after Ctrl-C, which ends it early
/// and prints what there is.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The server (default: one that is started here for this).
    #[arg(short, long, env = "CODECANVAS_URL", hide_env_values = true, value_name = "URL")]
    url: Option<String>,
    /// What the server understands (default: it is asked).
    #[arg(long, value_enum)]
    api: Option<Kind>,
    /// A key of the server's, sent as its interface wants it.
    #[arg(long, env = "CODECANVAS_TOKEN", hide_env_values = true, value_name = "KEY")]
    token: Option<String>,
    /// A header of each request, such as a key that goes by another name.
    #[arg(long = "header", value_name = "NAME: VALUE")]
    headers: Vec<String>,
    /// The languages (default: all that the server has).
    #[arg(short, long, value_delimiter = ',', value_name = "LANG,…")]
    languages: Vec<String>,
    /// What the programs do.
    #[arg(short, long, value_enum, value_delimiter = ',', default_values_t = Workload::ALL, value_name = "WORKLOAD,…")]
    workloads: Vec<Workload>,
    /// How many clients send programs at once, each its next one after the answer to its last.
    #[arg(short, long, value_delimiter = ',', default_value = "1,16,64", value_name = "NUMBER,…", value_parser = clap::value_parser!(u16).range(1..=1024))]
    clients: Vec<u16>,
    /// Send programs at a fixed rate too: so many a second, or a part of the most that the largest number of clients reached.
    #[arg(long, value_name = "NUMBER or PERCENT%")]
    rate: Option<Rate>,
    /// How long each load lasts.
    #[arg(short, long, default_value_t = 2.0, value_name = "NUMBER")]
    seconds: f64,
    /// How many runs each load has, in place of a time.
    #[arg(short = 'n', long, conflicts_with = "seconds", value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    runs: Option<u64>,
    /// Write everything that was measured as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Write a chart.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Write what is printed.
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
    /// Compare with the same programs without any sandbox on this machine, and with what this project wants to reach.
    #[arg(long)]
    aims: bool,
    /// With --aims: so many runs for what must not grow, however long they take (default: as many as a minute has).
    #[arg(long, requires = "aims", value_name = "RUNS", value_parser = clap::value_parser!(u64).range(10..))]
    soak: Option<u64>,
    /// The configuration file of the server that is started here.
    #[arg(long, env = "CODECANVAS_CONFIG", hide_env_values = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub(crate) fn main(args: Args) -> Result<ExitCode> {
    let matrix = Matrix {
        languages: if args.languages.is_empty() { LANGUAGES.iter().collect() } else { programs::languages(&args.languages)? },
        all_are_wanted: !args.languages.is_empty(),
        workloads: args.workloads.clone(),
        clients: args.clients.iter().map(|clients| usize::from(*clients)).collect(),
        rate: args.rate,
        end: end(&args)?,
    };
    let set = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let (url, token) = (set(&args.url), set(&args.token));
    if args.aims && url.is_some() {
        bail!("--aims compares with this machine: it measures a server that is started here, and takes no --url");
    }
    let outputs = [&args.json, &args.svg, &args.table];
    outputs.into_iter().flatten().try_for_each(|path| writable(path))?;
    let mut host = Host::look();
    let started = Instant::now();
    let interrupt = Interrupt::catch()?;
    let here = url.is_none().then(|| Here::start(args.config.as_deref(), &interrupt)).transpose()?;
    let url = url.unwrap_or_else(|| here.as_ref().expect("it was started").url.clone());
    let server = Server::new(&url, &args.headers)?;
    let target = Arc::new(Target::find(&server, args.api, token.as_deref())?);

    let (mut aims, mut soak) = (Vec::new(), None);
    if let Some(here) = here.as_ref().filter(|_| args.aims) {
        let turn = Duration::from_secs_f64(args.seconds);
        let wish = aims::Wish { languages: &matrix.languages, turn, soak_runs: args.soak };
        (aims, soak) = aims::measure(&target, here, &wish, interrupt.flag())?;
    }
    let rows = matrix.measure(&target, interrupt.flag())?;
    let seconds = started.elapsed().as_secs_f64();
    let server = Facts::of(&target, here.is_some());
    let interrupted = interrupt.happened();
    if let Some(here) = here {
        here.end(interrupted);
    }
    host.look_again();
    let codecanvas = env!("CARGO_PKG_VERSION");
    let results = Results { codecanvas, server, host, seconds, interrupted, rows, aims, soak };
    let text = text::of(&results);
    terminal::print(&text);
    write(args.table.as_deref(), || Ok(text.clone()))?;
    write(args.json.as_deref(), || Ok(format!("{:#}\n", serde_json::to_value(&results)?)))?;
    write(args.svg.as_deref(), || Ok(chart::of(&results)))?;
    Ok(ExitCode::from(match (interrupted, results.errors()) {
        (true, _) => interrupt::EXIT_CODE,
        (false, 0) => 0,
        (false, _) => 1,
    }))
}

fn end(args: &Args) -> Result<End> {
    if !(0.05..=3600.0).contains(&args.seconds) {
        bail!("--seconds {}: write a number from 0.05 to 3600", args.seconds);
    }
    Ok(args.runs.map_or(End::After(Duration::from_secs_f64(args.seconds)), End::Runs))
}

/// It would be a pity to find out after an hour.
fn writable(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let file = fs::OpenOptions::new().append(true).create(true).open(path);
    file.map(drop).with_context(|| format!("cannot write {}", path.display()))
}

fn write(path: Option<&Path>, content: impl FnOnce() -> Result<String>) -> Result<()> {
    let Some(path) = path else { return Ok(()) };
    fs::write(path, content()?).with_context(|| format!("cannot write {}", path.display()))
}
