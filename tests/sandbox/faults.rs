//! Every system call on the way to a program made to fail in turn, by strace: each failure is told, leaves nothing behind, and the
//! next run works.

use std::{
    collections::BTreeMap,
    process::{Child, Command as Process, Stdio},
};

use codecanvas_sandbox::Launcher;
use rustix::process::{Pid, Signal, kill_process};

use crate::{
    hygiene::{Holdings, children_of},
    support::{field, is_root, run_in_time, start_launcher, wait_until},
};

/// Calls that are made to fail: those that a run makes, by how often one process makes them.
type Calls = BTreeMap<String, usize>;

/// Watches the processes of a launcher, and all that they fork, and meddles with their calls.
struct Tracer {
    process: Child,
    log: std::path::PathBuf,
    _folder: tempfile::TempDir,
}

impl Tracer {
    fn attach(launcher: &Launcher, arguments: &[&str]) -> Tracer {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let mut strace = Process::new("strace");
        strace.args(["-f", "-o"]).arg(&log).args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
        let mut pids = vec![launcher.pid()];
        // Not what is on its way out.
        pids.extend(children_of(launcher.pid()).into_iter().filter(|pid| field(*pid, "Name").as_deref() == Some("builder")));
        for pid in &pids {
            strace.arg("-p").arg(pid.to_string());
        }
        let process = strace.spawn().expect("strace is installed (make test installs it)");
        // Only then their calls are seen.
        let is_traced = |pid: &u32| field(*pid, "TracerPid").is_some_and(|tracer| tracer == process.id().to_string());
        // A builder may be on its way out.
        let has_ended = |pid: &u32| field(*pid, "State").is_none_or(|state| state.starts_with(['Z', 'X']));
        wait_until("strace attaches", || pids.iter().all(|pid| is_traced(pid) || has_ended(pid)));
        Tracer { process, log, _folder: folder }
    }

    /// Waits until a process sleeps for a while: what is let go in the middle of a call that is to fail gets what the call in its place gave.
    fn await_rest(pid: u32) {
        let sleeps = || field(pid, "State").is_none_or(|state| state.starts_with(['S', 'Z', 'X']));
        wait_until("the launcher rests", || {
            (0..5).all(|_| {
                std::thread::sleep(std::time::Duration::from_millis(1));
                sleeps()
            })
        });
    }

    /// Lets go of all processes, which go on; gives what was seen.
    fn detach(mut self) -> String {
        let pid = Pid::from_raw(self.process.id() as i32).unwrap();
        kill_process(pid, Signal::INT).unwrap();
        self.process.wait().unwrap();
        String::from_utf8_lossy(&std::fs::read(&self.log).unwrap()).into_owned()
    }
}

/// How often each call is made, at most, by one process, on the way of a run that goes well.
fn calls_of_a_run(launcher: &Launcher) -> Calls {
    let tracer = Tracer::attach(launcher, &[]);
    run_in_time(launcher, "watched").unwrap().success();
    let log = tracer.detach();
    let mut of_process: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for line in log.lines() {
        let Some((pid, call)) = line.split_once(' ') else { continue };
        let name = call.trim_start().split('(').next().unwrap_or_default();
        if call.contains('(') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            *of_process.entry((pid, name)).or_default() += 1;
        }
    }
    let mut calls = Calls::new();
    for ((_, name), count) in of_process {
        let most = calls.entry(name.to_owned()).or_default();
        *most = count.max(*most);
    }
    // These do not fail, or have done their work all the same, or are the only way to do it (nobody else can wait for a child).
    for name in
        ["exit", "exit_group", "rt_sigreturn", "restart_syscall", "close", "close_range", "munmap", "wait4", "clock_gettime"]
    {
        calls.remove(name);
    }
    calls
}

#[test]
fn every_call_of_the_set_up_may_fail() {
    if !is_root() {
        eprintln!("NOT RUN: every_call_of_the_set_up_may_fail: an ordinary user may not trace the launcher");
        return;
    }
    let mut launcher = start_launcher();
    run_in_time(&launcher, "at first").unwrap().success();
    let calls = calls_of_a_run(&launcher);
    let tries: usize = calls.values().sum();
    assert!(tries > 100 && calls.contains_key("fsmount") && calls.contains_key("execve"), "{calls:?}");
    let (mut told, mut unharmed, mut lost) = (0, 0, 0);
    for (call, count) in calls {
        for nth in 1..=count {
            let what = format!("{call} number {nth}");
            let before = Holdings::of(launcher.pid());
            // A call that fails is never made: another one that harms nobody takes its place (no number at all would be killed by
            // the filter).
            let killed = launcher.pid();
            let tracer = Tracer::attach(&launcher, &["-e", &format!("inject={call}:error=EIO:syscall=getppid:when={nth}")]);
            let result = run_in_time(&launcher, &what);
            Tracer::await_rest(killed);
            tracer.detach();
            match result {
                // The program itself may have met it, after its execve; then that is how the program ended.
                Ok(ran) => {
                    unharmed += 1;
                    assert!(
                        !ran.exit.outcome.is_success() || ran.stdout == "fine\n" || ran.stdout.is_empty(),
                        "{what}: {ran:?}"
                    );
                }
                Err(error) if error.is_launcher_gone() => lost += 1,
                Err(error) => {
                    told += 1;
                    assert!(!error.to_string().is_empty(), "{what}");
                }
            }
            assert_eq!(
                run_in_time(&launcher, &format!("after {what}"))
                    .unwrap_or_else(|error| panic!("after {what}: {error}"))
                    .success(),
                "fine\n"
            );
            if launcher.pid() == killed {
                before.wait_for_no_more(launcher.pid(), &what);
            }
        }
    }
    eprintln!("{tries} calls failed: {told} told with their step, {unharmed} did no harm, {lost} took the launcher along");
    // A launcher that gives up is replaced, but it should hardly ever have to.
    assert!(told > 50 && lost * 10 < tries, "{told} told, {unharmed} unharmed, {lost} lost");
    // With the last handle everything ends.
    let pid = launcher.pid();
    launcher = start_launcher();
    wait_until("the launcher has ended", || field(pid, "Name").is_none());
    drop(launcher);
}
