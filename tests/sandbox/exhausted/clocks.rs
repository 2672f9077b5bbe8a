//! A clock of the host that is set forwards and back all the time. No limit depends on it.

use std::{
    fs,
    os::unix::fs::FileExt,
    time::{Duration, Instant},
};

use codecanvas_protocol::Outcome;
use codecanvas_sandbox::{Launcher, Setup};

use super::works_again;
use crate::support::{compile, end_in_time, executable, limited, shell};

/// Clocks of which the one that can be set is set each time. How often each was asked for stands in a file.
const STEPS: &str = include_str!("steps.c");

/// Becomes the launcher, with the other program's clock.
const ENTER: &str = r#"
#include <stdlib.h>
#include <unistd.h>
int main(int argc, char **argv) {
    setenv("LD_PRELOAD", CLOCK, 1);
    execv(PROGRAM, argv);
    return 6;
}
"#;

#[test]
fn the_clock_is_set_forwards_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let [counts, clock, enter] = ["counts", "clock.so", "enter"].map(|name| folder.path().join(name));
    fs::write(&counts, [0; 4096]).unwrap();
    compile(STEPS, &["-shared", "-fPIC", &format!("-DCOUNTS=\"{}\"", counts.display())], &clock);
    let defined = |name: &str, path: &std::path::Path| format!("-D{name}=\"{}\"", path.display());
    compile(ENTER, &[&defined("CLOCK", &clock), &defined("PROGRAM", &executable())], &enter);
    let launcher =
        Launcher::start(&Setup { executable: Some(enter), slots: 2, ..Setup::default() }).expect("the launcher starts");
    works_again(&launcher, "its start");

    let begun = Instant::now();
    let slept = end_in_time(&launcher, shell("sleep 0.3"), "it sleeps").unwrap();
    assert!(slept.exit.outcome.is_success(), "{slept:?}");
    let wall_time = Duration::from_secs_f64(slept.exit.usage.wall_time_ms / 1000.0);
    assert!(wall_time >= Duration::from_millis(300) && wall_time <= begun.elapsed(), "{slept:?}");

    let begun = Instant::now();
    let sleeper = limited(shell("sleep 1000"), |limits| limits.wall_time = Duration::from_millis(300));
    let stopped = end_in_time(&launcher, sleeper, "it sleeps for long").unwrap();
    let Outcome::WallTimeExceeded(breach) = &stopped.exit.outcome else { panic!("{stopped:?}") };
    assert!(breach.measured >= 300 && u128::from(breach.measured) <= begun.elapsed().as_millis(), "{breach:?}");

    let busy = limited(shell("while :; do :; done"), |limits| limits.cpu_time = Duration::from_millis(300));
    let stopped = end_in_time(&launcher, busy, "it is busy").unwrap();
    assert!(matches!(stopped.exit.outcome, Outcome::CpuTimeExceeded(_)), "{stopped:?}");

    // It did have those clocks, and has asked for one of them alone.
    let mut bytes = [0; 16];
    fs::File::open(&counts).unwrap().read_exact_at(&mut bytes, 0).unwrap();
    let [monotonic, real] = [0, 8].map(|at| u64::from_ne_bytes(bytes[at..at + 8].try_into().unwrap()));
    assert!(monotonic > 0, "the launcher has other clocks than the test means it to have");
    assert_eq!(real, 0, "the launcher has looked at the clock that is set");
}
