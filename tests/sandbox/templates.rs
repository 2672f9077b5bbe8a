//! Interpreters that are forked: the process that has one in its memory does not stay for ever.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use codecanvas_protocol::Outcome;
use codecanvas_sandbox::{Command, Interpreter, Launcher, Setup, Warm};

use crate::{
    hygiene::children_of,
    support::{executable, file, run_with, wait_until},
};

const PYTHON: &str = "/usr/bin/python3";

fn templates(launcher: &Launcher) -> Vec<u32> {
    let is_template = |pid: &u32| fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name.trim() == "template");
    let all = || children_of(launcher.pid()).into_iter().filter(is_template).collect::<Vec<_>>();
    let mut found = all();
    // What one has just forked has its name for a moment.
    while found.len() > 1 {
        std::thread::sleep(Duration::from_millis(20));
        let still = all();
        if found.iter().all(|pid| still.contains(pid)) {
            break;
        }
        found = still;
    }
    found
}

/// A launcher that keeps Python in memory, and a program of which a fork goes on with it; none where there is no Python.
fn forked(test: &str, program: &str) -> Option<(Launcher, Command)> {
    if !Path::new(PYTHON).exists() {
        eprintln!("NOT RUN: {test}: {PYTHON} is not there");
        return None;
    }
    let argv = vec![PYTHON.to_owned(), "main.py".to_owned()];
    let env = vec![("PATH".to_owned(), "/usr/bin:/bin".to_owned())];
    let warm = Warm {
        interpreter: Interpreter::Python,
        argv: argv.clone(),
        env: env.clone(),
        mounts: Vec::new(),
        looks_at: vec!["PYTHON".to_owned()],
        stack_bytes: 0,
    };
    let setup = Setup { executable: Some(executable()), slots: 1, spares: 2, warm: vec![warm], ..Setup::default() };
    let launcher = Launcher::start(&setup).expect("the launcher starts");
    let command = |program: &str| Command {
        argv: argv.clone(),
        env: env.clone(),
        files: vec![file("main.py", program.as_bytes(), false)],
        warm: true,
        ..Command::default()
    };
    wait_until("a program is forked from a template", || {
        run_with(&launcher, &command("print('fine')")).is_ok_and(|ran| ran.exit.warm && ran.stdout == "fine\n")
    });
    Some((launcher, command(program)))
}

#[test]
fn a_template_that_has_served_goes_when_its_successor_is_ready_though_no_program_comes() {
    let Some((launcher, command)) = forked("renewal of a template", "print('fine')") else { return };
    let first = templates(&launcher);
    assert_eq!(first.len(), 1);
    // It serves a thousand sandboxes, and twenty seconds.
    let begin = Instant::now();
    let runs = (0..).take_while(|run| {
        std::thread::sleep(Duration::from_millis(if *run < 1000 { 0 } else { 50 }));
        run_with(&launcher, &command).is_ok() && templates(&launcher).len() == 1
    });
    let runs = runs.count();
    assert!(runs >= 900, "the template was replaced after {runs} programs");
    assert!(begin.elapsed() < Duration::from_secs(300), "it was replaced for its age");
    wait_until("its successor is alone", || matches!(templates(&launcher)[..], [one] if one != first[0]));
    assert!(run_with(&launcher, &command).expect("it runs").exit.warm);
}

#[test]
fn a_signal_that_comes_before_a_forked_program_is_not_lost() {
    let Some((launcher, command)) = forked("an early signal", "import time\ntime.sleep(1000)") else { return };
    for _ in 0..20 {
        let mut sandbox = launcher.sandbox().unwrap();
        let (child, _input) = sandbox.spawn_live(&command).unwrap();
        child.signaller().signal(15);
        assert_eq!(child.wait(&mut |_, _| {}).unwrap().outcome, Outcome::signaled(15));
    }
}
