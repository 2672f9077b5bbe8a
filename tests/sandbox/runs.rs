//! What an ordinary program gets: its input, its files, its exit code; and what a caller can do with it.

use std::{sync::mpsc, time::Duration};

use codecanvas_protocol::Outcome;
use codecanvas_sandbox::Step;

use crate::support::{command, file, kind, launcher, limited, python, run, shell, start_launcher, try_run};

#[test]
fn exit_codes_and_signals_are_the_programs_own() {
    assert_eq!(run(&shell("exit 7")).exit.outcome, Outcome::Exited { code: 7 });
    assert_eq!(run(&shell("kill -SEGV $$")).exit.outcome, Outcome::signaled(11));
    assert_eq!(run(&shell("kill -KILL $$")).exit.outcome, Outcome::signaled(9));
    assert_eq!(run(&shell("exit 137")).exit.outcome, Outcome::Exited { code: 137 });
}

#[test]
fn output_and_errors_are_told_apart() {
    let ran = run(&shell("echo out; echo err >&2"));
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("out\n", "err\n"));
    assert_eq!((ran.exit.stdout_bytes, ran.exit.stderr_bytes), (4, 4));
}

#[test]
fn input_of_any_size_arrives() {
    for size in [0, 1, 100_000, 5_000_000] {
        let mut count = command(&["wc", "-c"]);
        count.stdin = vec![b'x'; size];
        assert_eq!(run(&count).success().trim(), size.to_string());
    }
}

#[test]
fn the_standard_streams_can_be_opened_by_name() {
    let mut copy = shell("cat /dev/stdin > /dev/stdout; echo warned > /dev/stderr");
    copy.stdin = b"by name".to_vec();
    let ran = run(&copy);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("by name", "warned\n"), "{ran:?}");
}

#[test]
fn files_are_put_into_the_working_directory() {
    let mut list = shell("pwd; cat a.txt lib/deep/b.txt; ./run.sh; touch new lib/new && echo writable");
    list.files = vec![
        file("a.txt", b"A\n", false),
        file("lib/deep/b.txt", b"B\n", false),
        file("run.sh", b"#!/bin/sh\necho ran\n", true),
        file("large", &vec![7; 3 << 20], false),
    ];
    assert_eq!(run(&list).success(), "/work\nA\nB\nran\nwritable\n");
}

#[test]
fn a_path_out_of_the_working_directory_is_refused() {
    for path in ["../x", "/etc/x", "a/../../x", "", "a//b", "."] {
        let mut command = shell("true");
        command.files = vec![file(path, b"", false)];
        let error = try_run(&command).expect_err(path);
        assert_eq!(error.step, Step::CheckCommand, "{path}: {error}");
    }
}

#[test]
fn the_environment_is_exactly_what_was_given() {
    let mut env = command(&["/usr/bin/env"]);
    env.env = vec![("ONE".into(), "1".into()), ("TWO".into(), "zwei = 2".into())];
    assert_eq!(run(&env).success(), "ONE=1\nTWO=zwei = 2\n");
}

#[test]
fn a_program_that_is_not_there_is_an_error_that_says_so() {
    for name in ["no-such-program", "/no/such/program", "./nothing"] {
        let error = try_run(&command(&[name])).expect_err(name);
        assert!(error.is_not_found(), "{error}");
        assert!(error.to_string().starts_with(&format!("failed to execute the program: {name}: ENOENT")), "{error}");
    }
    let error = try_run(&command(&["/etc/passwd"])).expect_err("not executable");
    assert_eq!(error.to_string(), "failed to execute the program: /etc/passwd: EACCES (Permission denied)");
}

#[test]
fn a_second_program_sees_the_files_of_the_first_and_nothing_else_of_it() {
    let mut sandbox = launcher().sandbox().unwrap();
    let mut first = shell("echo made > made; mkdir d; echo t > /tmp/t; echo s > /dev/shm/s; sleep 1000 & exit 0");
    first.keep_workspace = true;
    let exit = sandbox.spawn(&first).unwrap().wait(&mut |_, _| {}).unwrap();
    assert!(exit.outcome.is_success());
    let mut out = Vec::new();
    let second = shell("cat made; ls -d d; ls /tmp /dev/shm; grep -l sleep /proc/[0-9]*/comm");
    sandbox.spawn(&second).unwrap().wait(&mut |_, piece| out.extend_from_slice(piece)).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), "made\nd\n/dev/shm:\n\n/tmp:\n");
}

#[test]
fn a_killer_ends_a_program_from_another_thread() {
    let mut sandbox = launcher().sandbox().unwrap();
    let child = sandbox.spawn(&shell("echo started; sleep 1000")).unwrap();
    let killer = child.killer();
    let (started, wait) = mpsc::channel();
    let waiter = std::thread::spawn(move || child.wait(&mut |_, _| started.send(()).unwrap_or_default()));
    wait.recv_timeout(Duration::from_secs(60)).unwrap();
    killer.kill();
    assert_eq!(waiter.join().unwrap().unwrap().outcome, Outcome::Cancelled);
    killer.kill();
    let next = sandbox.spawn(&shell("true")).unwrap();
    killer.kill();
    assert!(next.wait(&mut |_, _| {}).unwrap().outcome.is_success(), "a killer ends only its own program");
}

#[test]
fn output_comes_while_the_program_runs() {
    let mut sandbox = launcher().sandbox().unwrap();
    let child = sandbox.spawn(&shell("printf first; sleep 1000")).unwrap();
    let killer = child.killer();
    let mut seen = Vec::new();
    let exit = child.wait(&mut |_, piece| {
        seen.extend_from_slice(piece);
        killer.kill();
    });
    assert_eq!(exit.unwrap().outcome, Outcome::Cancelled);
    assert_eq!(seen, b"first");
}

#[test]
fn what_a_program_leaves_running_is_gone_when_its_end_is_told() {
    let ran = run(&shell("(setsid sh -c 'sleep 1000' &) ; (sleep 1000 >/dev/null 2>&1 &) ; echo done"));
    assert_eq!(ran.stdout, "done\n");
    assert!(ran.exit.outcome.is_success(), "{ran:?}");
}

#[test]
fn more_sandboxes_than_places_are_refused_with_a_reason() {
    let launcher = start_launcher();
    let mut sandboxes: Vec<_> = (0..8).map(|_| launcher.sandbox().unwrap()).collect();
    let children: Vec<_> = sandboxes.iter_mut().map(|sandbox| sandbox.spawn(&shell("sleep 1000")).unwrap()).collect();
    let mut ninth = launcher.sandbox().unwrap();
    let error = ninth.spawn(&shell("true")).and_then(|child| child.wait(&mut |_, _| {})).unwrap_err();
    assert!(error.to_string().contains("every place is taken"), "{error}");
    for child in children {
        child.killer().kill();
        assert_eq!(child.wait(&mut |_, _| {}).unwrap().outcome, Outcome::Cancelled);
    }
}

#[test]
fn zero_limits_are_refused() {
    let error = try_run(&limited(shell("true"), |limits| limits.wall_time = Duration::ZERO)).unwrap_err();
    assert_eq!(error.step, Step::CheckCommand);
}

#[test]
fn usage_is_measured() {
    let ran = run(&python("x = bytearray(50 << 20)\nfor i in range(300000): pass"));
    assert!(ran.exit.usage.memory_peak_bytes > 50 << 20, "{ran:?}");
    assert!(ran.exit.usage.cpu_time_ms > 10.0 && ran.exit.usage.wall_time_ms > 10.0, "{ran:?}");
    assert_eq!(kind(&ran.exit.outcome), "exited");
}

#[test]
fn a_failure_with_a_very_long_path_still_names_its_step() {
    let long = format!("/{}", "x".repeat(200)).repeat(23);
    let error = try_run(&command(&[&long])).expect_err("there is no such program");
    assert_eq!(error.step, Step::Execute, "{error}");
}

#[test]
fn times_beyond_reason_are_refused() {
    let error = try_run(&limited(shell("true"), |limits| limits.wall_time = Duration::from_secs(u64::MAX))).unwrap_err();
    assert_eq!(error.step, Step::CheckCommand);
}
