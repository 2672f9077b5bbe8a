//! `make bench`: what a run costs on this machine, started bare, through the sandbox library, and through a real server.
//!
//! ```text
//! subjects: hello (compiled), python3, nodejs, c (compiled in each run)
//!   one at a time:  bare, library, http                 interleaved in blocks: A B C A B C …
//!   all cores:      bare, library, http 16, http 64     the same
//! soak: thousands of hellos through one server, its memory measured on the way
//! ```
//!
//! Everything is compared with the bare start of the same program, measured in the same minutes. Nothing here asserts a time: the aims
//! are printed with what was measured. A run that fails, or whose output is wrong, is counted, and makes the exit code 1.

mod aims;
mod arguments;
mod client;
mod measure;
mod place;
mod process;
mod results;
mod server;
mod soak;
mod subject;
mod table;
mod worker;

use std::{
    io::{IsTerminal, stderr},
    process::ExitCode,
    thread::available_parallelism,
    time::Instant,
};

use anyhow::Result;

use arguments::Arguments;
use measure::{Load, Way, compare};
use place::Place;
use results::{Machine, Results};

fn main() -> ExitCode {
    bench().unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::from(2)
    })
}

fn bench() -> Result<ExitCode> {
    let Some(arguments) = Arguments::read()? else { return Ok(ExitCode::from(2)) };
    if cfg!(debug_assertions) {
        eprintln!("warning: built without optimisation, the numbers mean nothing; use `make bench`");
    }
    let started = Instant::now();
    let machine = Machine::look()?;
    say("starting a server");
    let place = Place::set_up()?;
    let idle = place.server.memory();

    let mut rows = Vec::new();
    for subject in &place.subjects {
        say(&format!("{}, one at a time", subject.name));
        rows.extend(compare(&place, subject, &ONE_AT_A_TIME, arguments.pace)?);
    }
    for subject in place.subjects.iter().filter(|subject| subject.runs_in_parallel) {
        say(&format!("{}, many at once", subject.name));
        rows.extend(compare(&place, subject, &many_at_once(), arguments.pace)?);
    }
    say(&format!("soak, {} runs", arguments.soak.runs));
    let soak = soak::soak(&place, idle, arguments.soak)?;

    let seconds = started.elapsed().as_secs_f64();
    let log = place.server.stop()?;
    let machine = machine.look_again(place.launcher.weaker())?;
    let results = Results { machine, seconds, aims: aims::judge(&rows, &soak), rows, soak };
    table::print(&results);
    results.write()?;
    if results.errors() > 0 {
        eprintln!("{} runs failed; the end of the server's log:\n{log}", results.errors());
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

const ONE_AT_A_TIME: [Load; 3] =
    [Load { way: Way::Bare, clients: 1 }, Load { way: Way::Library, clients: 1 }, Load { way: Way::Http, clients: 1 }];

/// What keeps every core busy; the first is what the others are compared with.
fn many_at_once() -> [Load; 4] {
    let cores = available_parallelism().map_or(1, usize::from);
    // On a machine with one core this has to differ from the loads above.
    let clients = cores.max(2);
    [
        Load { way: Way::Bare, clients },
        Load { way: Way::Library, clients },
        Load { way: Way::Http, clients: 16 },
        Load { way: Way::Http, clients: 64 },
    ]
}

/// Progress, for whoever watches.
fn say(what: &str) {
    if stderr().is_terminal() {
        eprintln!("{what} …");
    }
}
