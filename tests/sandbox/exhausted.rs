//! A host that has no more to give: no descriptors, processes, memory, namespaces; and a clock that is set. The launcher under test
//! alone meets it. Each failure is told with its step, nothing is left behind, and when it is over the next run works.

mod clocks;
mod container;
mod frozen;
mod group;
mod namespaces;

use std::time::Duration;

use codecanvas_protocol::Limits;
use codecanvas_sandbox::{Command, Error, Launcher, Setup, Step};
use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process, prlimit};

use crate::{
    hygiene::{Holdings, children_of},
    support::{Ran, command, end_in_time, executable, field, file, is_root, run_in_time, start_launcher, wait_until},
};
use group::Group;

/// A resource limit of a running process that is lowered until this is dropped.
struct Lowered {
    process: Pid,
    resource: Resource,
    before: Rlimit,
}

impl Lowered {
    /// `None`: the process has ended.
    fn of(process: u32, resource: Resource, limit: u64) -> Option<Lowered> {
        let process = pid(process);
        let maximum = maximum(process, resource)?;
        match prlimit(Some(process), resource, Rlimit { current: Some(limit), maximum }) {
            Ok(before) => Some(Lowered { process, resource, before }),
            Err(error) => {
                assert_eq!(error, rustix::io::Errno::SRCH, "{process:?} is ours");
                None
            }
        }
    }
}

/// The hard limit stays, so that an ordinary user can take the limit back. A process that has ended has none.
fn maximum(process: Pid, resource: Resource) -> Option<Option<u64>> {
    let name = match resource {
        Resource::Nofile => "Max open files",
        Resource::Nproc => "Max processes",
        _ => "Max address space",
    };
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", process.as_raw_nonzero())).ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().nth(1).map(|hard| hard.parse().ok())
}

impl Drop for Lowered {
    fn drop(&mut self) {
        // It may have died of it.
        let _ = prlimit(Some(self.process), self.resource, self.before);
    }
}

fn pid(raw: u32) -> Pid {
    Pid::from_raw(raw.cast_signed()).expect("no process has the id 0")
}

fn launcher_with_spares(spares: u32) -> Launcher {
    let setup = Setup { executable: Some(executable()), slots: 2, spares, ..Setup::default() };
    Launcher::start(&setup).expect("the launcher starts")
}

fn parent_of(process: u32) -> u32 {
    field(process, "PPid").and_then(|parent| parent.parse().ok()).expect("it lives")
}

/// Children of a launcher that are, or are not, builders.
fn builders(launcher: u32, yes: bool) -> Vec<u32> {
    let is_builder = |pid: &u32| field(*pid, "Name").as_deref() == Some("builder");
    children_of(launcher).into_iter().filter(|pid| is_builder(pid) == yes).collect()
}

/// Whether a launcher has got what its builders built: then it has a descriptor of each child, and of its own process.
fn has_taken_all(launcher: u32) -> bool {
    let open = std::fs::read_dir(format!("/proc/{launcher}/fd")).into_iter().flatten().flatten();
    let targets = open.filter_map(|entry| std::fs::read_link(entry.path()).ok());
    targets.filter(|target| target.as_os_str() == "anon_inode:[pidfd]").count() > children_of(launcher).len()
}

/// A run that went well, or an error that tells what was wanting. Whether it was told.
#[track_caller]
fn is_told(result: Result<Ran, Error>, wanting: i32, when: &str) -> bool {
    match result {
        Ok(ran) => {
            assert_eq!(ran.success(), "fine\n", "{when}");
            false
        }
        Err(error) => {
            assert_eq!(error.errno, wanting, "{when}: {error}");
            true
        }
    }
}

#[track_caller]
fn works_again(launcher: &Launcher, when: &str) {
    let ran = run_in_time(launcher, &format!("after {when}"));
    assert_eq!(ran.unwrap_or_else(|error| panic!("after {when}: {error}")).success(), "fine\n");
}

#[test]
fn no_descriptor_is_free() {
    /// More than a run takes.
    const MANY: u64 = 32;
    for of_builder in [false, true] {
        let launcher = start_launcher();
        works_again(&launcher, "its start");
        let (alive, before) = (launcher.pid(), Holdings::of(launcher.pid()));
        let mut told = Vec::new();
        for more in 0..=MANY {
            wait_until("a builder is there", || !builders(alive, true).is_empty());
            let process = if of_builder { builders(alive, true)[0] } else { alive };
            let open = std::fs::read_dir(format!("/proc/{process}/fd")).map_or(0, Iterator::count) as u64;
            let when = format!("{more} descriptors are free to the {}", if of_builder { "builder" } else { "launcher" });
            let lowered = Lowered::of(process, Resource::Nofile, open + more);
            // With the builder a run is tried a second time, which is another builder's.
            if is_told(run_in_time(&launcher, &when), libc::EMFILE, &when) {
                told.push(more);
            }
            drop(lowered);
            works_again(&launcher, &when);
            assert_eq!(launcher.pid(), alive, "{when}: the launcher has died of it");
        }
        before.wait_for_no_more(alive, "all that");
        assert!(!told.contains(&MANY) && (of_builder || told.contains(&0)), "{told:?}");
    }
}

#[test]
fn no_process_can_be_forked() {
    let launcher = launcher_with_spares(1);
    works_again(&launcher, "its start");
    let alive = launcher.pid();
    wait_until("a spare is there, and nothing else", || {
        let is_there = (builders(alive, true).len(), builders(alive, false).len()) == (1, 1);
        is_there && has_taken_all(alive)
    });
    let before = Holdings::of(alive);
    let keeper = parent_of(alive);
    // Root is not bound by the limit of its processes.
    let (mut group, mut lowered) = (None, Vec::new());
    if is_root() {
        let Some(made) = Group::make("pids", "no_process_can_be_forked") else { return };
        group = Some(made);
    }
    // Whoever is counted here may be the sandbox that has just ended, and the next one forked by a builder that is not bound yet.
    let (mut bound, mut more) = (Vec::new(), vec![keeper, alive]);
    while !more.is_empty() {
        match &group {
            Some(group) => group.take(&more),
            None => lowered.extend(more.iter().filter_map(|pid| Lowered::of(*pid, Resource::Nproc, 0))),
        }
        bound.append(&mut more);
        more = children_of(alive).into_iter().filter(|pid| !bound.contains(pid)).collect();
    }
    group.iter().for_each(|group| group.set("pids.max", 1));
    // The spare's init cannot fork the program; then no other init can be forked, and then no builder.
    for when in ["the program", "the sandbox", "the builder"] {
        let error = run_in_time(&launcher, when).expect_err("nothing can be forked");
        assert!(error.errno == libc::EAGAIN && error.to_string().contains("EAGAIN"), "{when}: {error}");
        let steps = [Step::ForkProgram, Step::Fork, Step::StartBuilder];
        assert!(steps.contains(&error.step), "{when}: {error}");
    }
    assert_eq!(launcher.pid(), alive, "the launcher has died of it");
    lowered.clear();
    group.iter().for_each(|group| group.set("pids.max", "max"));
    works_again(&launcher, "processes can be forked");
    before.wait_for_no_more(alive, "all that");

    // A launcher that is killed while no other can be forked is followed by one when that is over.
    let group = group.inspect(|group| group.set("pids.max", 1));
    let lowered = (!is_root()).then(|| Lowered::of(keeper, Resource::Nproc, 0));
    kill_process(pid(alive), Signal::KILL).unwrap();
    wait_until("the keeper has buried it", || children_of(keeper).is_empty());
    let waiting = std::thread::spawn({
        let launcher = launcher.clone();
        move || run_in_time(&launcher, "no launcher can be forked")
    });
    // It has tried by then, or it has not: either must do.
    std::thread::sleep(Duration::from_millis(1500));
    assert!(field(keeper, "State").is_some_and(|state| !state.starts_with('Z')), "the keeper has given up");
    drop(lowered);
    group.iter().for_each(|group| group.set("pids.max", "max"));
    assert_eq!(waiting.join().unwrap().expect("it waits for a launcher").success(), "fine\n");
    assert_ne!(launcher.pid(), alive);
    drop(launcher);
}

/// A program with a file so large that nobody has room for it.
fn large() -> Command {
    let files = vec![file("large", &vec![b'x'; 24 << 20], false)];
    let limits = Limits { disk_bytes: 64 << 20, ..command(&[]).limits };
    Command { files, limits, ..command(&["/bin/echo", "fine"]) }
}

#[test]
fn the_launcher_can_have_no_more_memory() {
    let launcher = start_launcher();
    works_again(&launcher, "its start");
    let keeper = parent_of(launcher.pid());
    for round in 0..3 {
        let size =
            field(launcher.pid(), "VmSize").and_then(|size| size.split(' ').next()?.parse::<u64>().ok()).expect("a size");
        let lowered = Lowered::of(launcher.pid(), Resource::As, size << 10);
        let result = end_in_time(&launcher, large(), "no address space is left");
        drop(lowered);
        // A launcher that dies of it is followed by another.
        let error = result.expect_err("there is no room for it");
        assert!(error.is_launcher_gone() || error.errno == libc::ENOMEM, "{error}");
        works_again(&launcher, &format!("round {round}"));
        assert_eq!(end_in_time(&launcher, large(), "there is room again").unwrap().success(), "fine\n");
    }
    wait_until("nothing is left of those that died", || children_of(keeper).len() == 1);
}

#[test]
fn the_machine_of_the_launcher_has_no_more_memory() {
    let test = "the_machine_of_the_launcher_has_no_more_memory";
    let Some(group) = Group::make("memory", test) else { return };
    let launcher = start_launcher();
    works_again(&launcher, "its start");
    let keeper = parent_of(launcher.pid());
    group.take(&[&[keeper, launcher.pid()][..], &children_of(launcher.pid())].concat());
    group.limit_memory(16 << 20);
    // The kernel ends one of those that are in the way: the sandbox's init, or the launcher.
    let is_ended = |error: &Error| error.is_launcher_gone() || error.step == Step::Watch;
    // The next run may still meet whom it has chosen before.
    let works_again = |command: Command, when: &str| {
        let ran = end_in_time(&launcher, command.clone(), when).or_else(|error| {
            assert!(is_ended(&error), "{when}: {error}");
            end_in_time(&launcher, command, when)
        });
        assert_eq!(ran.unwrap_or_else(|error| panic!("{when}: {error}")).success(), "fine\n");
    };
    for round in 0..3 {
        let error = end_in_time(&launcher, large(), "no memory is left").expect_err("there is no room for it");
        assert!(is_ended(&error), "{error}");
        works_again(command(&["/bin/echo", "fine"]), &format!("after round {round}"));
    }
    group.limit_memory(1 << 30);
    works_again(large(), "there is room again");
    assert!(group.read(if group.is_v2() { "memory.events" } else { "memory.oom_control" }).contains("oom_kill "));
    wait_until("nothing is left of those that died", || children_of(keeper).len() == 1);
    drop(launcher);
}
