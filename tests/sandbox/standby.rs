//! Interpreters that are started ahead of need: each serves one program, and whatever becomes of them, the program runs.

use std::{collections::HashSet, fs, path::Path, time::Duration};

use codecanvas_protocol::{Limits, Outcome};
use codecanvas_sandbox::{Command, Interpreter, Launcher, Setup, Warm};

use crate::{
    hygiene::{children_of, descendant},
    support::{Ran, executable, file, kind, limited, run_with, wait_until},
};

const NODE: &str = "/usr/bin/node";

/// More than may wait at the same time.
const OTHERS: [&str; 9] = [
    "--no-warnings",
    "--no-deprecation",
    "--pending-deprecation",
    "--trace-warnings",
    "--trace-deprecation",
    "--trace-exit",
    "--trace-uncaught",
    "--throw-deprecation",
    "--preserve-symlinks",
];

fn argv(option: Option<&str>) -> Vec<String> {
    [NODE].into_iter().chain(option).chain(["main.js"]).map(str::to_owned).collect()
}

/// A launcher that starts Node.js ahead, unless this host has none.
fn launcher(test: &str) -> Option<Launcher> {
    if !Path::new(NODE).exists() {
        eprintln!("NOT RUN: {test}: {NODE} is not there");
        return None;
    }
    // The others stand for interpreters of other languages.
    let models = [None].into_iter().chain(OTHERS.map(Some)).map(|option| Warm {
        interpreter: Interpreter::Node,
        argv: argv(option),
        env: env(),
        mounts: Vec::new(),
        looks_at: vec!["NODE".to_owned()],
        stack_bytes: 0,
    });
    let setup = Setup { executable: Some(executable()), slots: 4, spares: 4, warm: models.collect(), ..Setup::default() };
    Some(Launcher::start(&setup).expect("the launcher starts"))
}

fn env() -> Vec<(String, String)> {
    vec![("PATH".to_owned(), "/usr/bin:/bin".to_owned())]
}

fn node(source: &str) -> Command {
    Command {
        argv: argv(None),
        env: env(),
        files: vec![file("main.js", source.as_bytes(), false)],
        limits: Limits { cpu_time: Duration::from_secs(60), wall_time: Duration::from_secs(120), ..Limits::default() },
        warm: true,
        ..Command::default()
    }
}

/// The same command until one that was started ahead has run it.
#[track_caller]
fn warm(launcher: &Launcher, command: &Command) -> Ran {
    let mut ran = None;
    wait_until("a program gets an interpreter that was started ahead", || {
        ran = run_with(launcher, command).ok().filter(|ran| ran.exit.warm);
        ran.is_some()
    });
    ran.expect("it was just there")
}

/// Interpreters that the launcher's inits have started.
fn interpreters(launcher: &Launcher) -> Vec<u32> {
    let is_node = |pid: &u32| fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name.trim() == "node");
    children_of(launcher.pid()).into_iter().flat_map(children_of).filter(is_node).collect()
}

fn kill(pid: u32) {
    let pid = rustix::process::Pid::from_raw(pid.cast_signed()).expect("it is not 0");
    let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
}

#[test]
fn none_is_started_before_somebody_asks_for_it_and_all_end_with_the_launcher() {
    let Some(launcher) = launcher("a pool of Node.js") else { return };
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(interpreters(&launcher), [0; 0]);
    let first = run_with(&launcher, &node("console.log('fine')")).expect("it runs");
    assert!(!first.exit.warm);
    assert_eq!(first.success(), "fine\n");
    assert_eq!(warm(&launcher, &node("console.log('fine')")).success(), "fine\n");
    wait_until("another one waits", || !interpreters(&launcher).is_empty());
    let waiting = interpreters(&launcher);
    drop(launcher);
    let is_there = |pid: &u32| fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name.trim() == "node");
    assert!(!waiting.iter().any(is_there), "{waiting:?}");
}

#[test]
fn a_program_whose_interpreter_was_killed_while_it_waited_is_executed() {
    let Some(launcher) = launcher("killed while it waits") else { return };
    let hello = node("console.log('fine')");
    for _ in 0..5 {
        warm(&launcher, &hello);
        wait_until("another one waits", || !interpreters(&launcher).is_empty());
        interpreters(&launcher).into_iter().for_each(kill);
        // It ends as it does with one that waits, or is told that it is to be executed: the engine does so then.
        match run_with(&launcher, &hello) {
            Ok(ran) => assert_eq!(ran.success(), "fine\n"),
            Err(error) => {
                assert!(error.is_of_warm_start(), "{error}");
                let cold = Command { warm: false, ..hello.clone() };
                assert_eq!(run_with(&launcher, &cold).expect("it is executed").success(), "fine\n");
            }
        }
    }
}

#[test]
fn a_hundred_programs_never_meet_another() {
    let Some(launcher) = launcher("a hundred programs") else { return };
    let looks = "const fs = require('fs'), own = process.argv[2];
        const all = fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).length;
        console.log(all, fs.readdirSync('/tmp').length, fs.readdirSync('/dev/shm').length, fs.readdirSync('.').join(),
            process.env.LEFT ?? 'none', globalThis.left ?? 'none', own);
        fs.writeFileSync('/tmp/left', own); fs.writeFileSync('left', own); process.env.LEFT = own; globalThis.left = own;
        require('child_process').spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' }).unref();";
    let mut ids = HashSet::new();
    let mut starts = 0;
    for number in 0..100 {
        let mut command = node(looks);
        command.argv.push(number.to_string());
        let ran = run_with(&launcher, &command).expect("it runs");
        starts += u32::from(ran.exit.warm);
        ids.insert(ran.success());
    }
    assert!(starts > 20, "{starts}");
    let expected: HashSet<String> = (0..100).map(|number| format!("1 0 0 main.js none none {number}\n")).collect();
    assert_eq!(ids, expected);
}

#[test]
fn programs_that_run_side_by_side_are_all_served() {
    let Some(launcher) = launcher("side by side") else { return };
    warm(&launcher, &node(""));
    let one = |number: u32| {
        let launcher = launcher.clone();
        std::thread::spawn(move || {
            (0..10).for_each(|turn| {
                let ran = run_with(&launcher, &node(&format!("console.log({number} * 100 + {turn})"))).expect("it runs");
                assert_eq!(ran.success(), format!("{}\n", number * 100 + turn));
            });
        })
    };
    // As many as there are places: those of the interpreters that wait are none of theirs.
    let threads: Vec<_> = (0..4).map(one).collect();
    threads.into_iter().for_each(|thread| thread.join().expect("it did not panic"));
}

#[test]
fn those_of_one_language_leave_room_for_another() {
    let Some(launcher) = launcher("two languages") else { return };
    let at_once = |command: Command| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let (launcher, command) = (launcher.clone(), command.clone());
                std::thread::spawn(move || drop(run_with(&launcher, &command).expect("it runs")))
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().expect("it did not panic"));
    };
    let slow = node("setTimeout(() => {}, 200)");
    wait_until("several wait", || {
        at_once(slow.clone());
        // They are started when nothing runs, one after another, which takes its time under emulation.
        (0..500).any(|_| {
            std::thread::sleep(Duration::from_millis(20));
            interpreters(&launcher).len() > 2
        })
    });
    let other = Command { argv: argv(Some(OTHERS[0])), ..node("console.log('fine')") };
    assert_eq!(warm(&launcher, &other).success(), "fine\n");
    assert_eq!(warm(&launcher, &slow).success(), "");
    assert_eq!(warm(&launcher, &other).success(), "fine\n");
}

#[test]
fn languages_that_nobody_asks_for_give_way_to_others() {
    let Some(launcher) = launcher("many languages") else { return };
    for option in OTHERS.iter().chain([&OTHERS[0]]) {
        let other = Command { argv: argv(Some(option)), ..node("console.log('fine')") };
        assert_eq!(warm(&launcher, &other).success(), "fine\n");
    }
}

#[test]
fn what_one_cannot_take_on_is_executed() {
    let Some(launcher) = launcher("what is executed") else { return };
    let hello = node("console.log('fine')");
    warm(&launcher, &hello);
    let executed = |what: &str, command: Command| {
        // Whichever waits now was started for the first of these.
        wait_until("one waits", || !interpreters(&launcher).is_empty());
        let ran = run_with(&launcher, &command).expect("it runs");
        assert!(!ran.exit.warm, "{what}");
        ran
    };
    let more = limited(hello.clone(), |limits| limits.open_files *= 2);
    executed("more open files than it was started with", more);
    executed("few open files", limited(hello.clone(), |limits| limits.open_files = 40));
    executed("a working directory that is kept", Command { keep_workspace: true, ..hello.clone() });
    executed("not asked for", Command { warm: false, ..hello.clone() });
    let mut option = hello.clone();
    option.env.push(("NODE_OPTIONS".to_owned(), "--no-warnings".to_owned()));
    executed("a variable that it looks at", option);
    let other = Command { argv: vec![NODE.to_owned(), "-p".to_owned(), "1".to_owned()], ..hello };
    assert_eq!(executed("another command line", other).success(), "1\n");
}

#[test]
fn the_time_before_the_order_is_not_the_programs() {
    let Some(launcher) = launcher("time") else { return };
    let hello = node("console.log('fine')");
    let cold = run_with(&launcher, &Command { warm: false, ..hello.clone() }).expect("it runs").exit.usage;
    warm(&launcher, &hello);
    std::thread::sleep(Duration::from_millis(500));
    let warm = warm(&launcher, &hello).exit.usage;
    assert!(warm.cpu_time_ms < cold.cpu_time_ms, "{warm:?} {cold:?}");
    let limits = |command: Command| limited(command, |limits| limits.cpu_time = Duration::from_millis(200));
    let busy = self::warm(&launcher, &limits(node("for (;;);")));
    match &busy.exit.outcome {
        Outcome::CpuTimeExceeded(breach) => assert!((200..1000).contains(&breach.measured), "{breach:?}"),
        other => panic!("{other:?}"),
    }
    let asleep = limited(node("setTimeout(() => {}, 100000)"), |limits| limits.wall_time = Duration::from_millis(200));
    assert_eq!(kind(&self::warm(&launcher, &asleep).exit.outcome), "wall_time_exceeded");
}

#[test]
fn the_next_program_of_a_sandbox_may_be_served_too() {
    let Some(launcher) = launcher("one after the other") else { return };
    warm(&launcher, &node(""));
    let mut sandbox = launcher.sandbox().expect("a sandbox");
    for number in 0..10 {
        let mut stdout = Vec::new();
        let child =
            sandbox.spawn(&node(&format!("console.log({number}, require('fs').readdirSync('.').length)"))).expect("it starts");
        let exit = child.wait(&mut |_, piece| stdout.extend_from_slice(piece)).expect("it runs");
        assert!(exit.outcome.is_success());
        assert_eq!(String::from_utf8_lossy(&stdout), format!("{number} 1\n"));
    }
}

#[test]
fn what_a_program_leaves_behind_ends_with_it() {
    let Some(launcher) = launcher("what is left behind") else { return };
    warm(&launcher, &node(""));
    // With the program's output, and without.
    for (count, stdio) in [(1, "inherit"), (1, "ignore"), (40, "ignore")] {
        let leaves = node(&format!(
            "for (let i = 0; i < {count}; i++) require('child_process')\
             .spawn('/bin/sh', ['-c', 'while :; do :; done'], {{ detached: true, stdio: '{stdio}' }}).unref()"
        ));
        let ran = warm(&launcher, &leaves);
        assert!(ran.exit.outcome.is_success(), "{ran:?}");
        wait_until("the kernel has let go of it", || descendant(launcher.pid(), "sh").is_none());
    }
}
