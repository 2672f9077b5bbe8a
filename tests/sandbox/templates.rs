//! Interpreters that are forked: the process that has one in its memory does not stay for ever.

use std::{fs, path::Path, time::Duration};

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

#[test]
fn a_template_that_has_served_goes_when_its_successor_is_ready_though_no_program_comes() {
    if !Path::new(PYTHON).exists() {
        eprintln!("NOT RUN: renewal of a template: {PYTHON} is not there");
        return;
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
    let command =
        Command { argv, env, files: vec![file("main.py", b"print('fine')", false)], warm: true, ..Command::default() };
    wait_until("a program is forked from a template", || {
        run_with(&launcher, &command).is_ok_and(|ran| ran.exit.warm && ran.stdout == "fine\n")
    });
    let first = templates(&launcher);
    assert_eq!(first.len(), 1);
    // It serves a thousand sandboxes.
    let runs = (0..3000).take_while(|_| run_with(&launcher, &command).is_ok() && templates(&launcher).len() == 1).count();
    assert!((900..2999).contains(&runs), "the template was replaced after {runs} programs");
    wait_until("its successor is alone", || matches!(templates(&launcher)[..], [one] if one != first[0]));
    assert!(run_with(&launcher, &command).expect("it runs").exit.warm);
}
