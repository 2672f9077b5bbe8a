//! Nothing is left behind: counted before and after.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use crate::support::{c, field, host_lacks, limited, run_with, sandboxed_processes, shell, start_launcher, wait_until};

/// What one launcher holds on the host.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Holdings {
    pub(crate) descriptors: usize,
    pub(crate) children: usize,
    pub(crate) mounts: usize,
}

impl Holdings {
    pub(crate) fn of(launcher: u32) -> Holdings {
        let of = |name: &str| Path::new("/proc").join(launcher.to_string()).join(name);
        Holdings {
            descriptors: fs::read_dir(of("fd")).map_or(0, Iterator::count),
            children: children_of(launcher).len(),
            mounts: fs::read_to_string(of("mounts")).map_or(0, |mounts| mounts.lines().count()),
        }
    }

    /// Waits until the launcher holds no more than this: the last sandbox's socket is closed a moment after its drop.
    #[track_caller]
    pub(crate) fn wait_for_no_more(&self, launcher: u32, after: &str) {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let now = Holdings::of(launcher);
            if now.descriptors <= self.descriptors && now.children <= self.children && now.mounts <= self.mounts {
                return;
            }
            assert!(Instant::now() < deadline, "{self:?} before, {now:?} after {after}; {:?}", sandboxed_processes());
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Processes that a process has started and not waited for.
pub(crate) fn children_of(pid: u32) -> Vec<u32> {
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    children.split_whitespace().filter_map(|pid| pid.parse().ok()).collect()
}

/// A process whose ancestor this is and that has this name.
pub(crate) fn descendant(ancestor: u32, name: &str) -> Option<u32> {
    let is_it = |pid: &u32| field(*pid, "Name").as_deref() == Some(name);
    children_of(ancestor).into_iter().find_map(|child| Some(child).filter(is_it).or_else(|| descendant(child, name)))
}

#[test]
fn a_hundred_runs_of_all_kinds_leave_nothing_behind() {
    let launcher = start_launcher();
    run_with(&launcher, &shell("true")).unwrap();
    let before = Holdings::of(launcher.pid());
    let bomb = c("#include <unistd.h>\nint main(){for(int i=0;i<200;i++)fork();}");
    for round in 0..20 {
        for command in [
            shell("true"),
            shell("exit 3"),
            shell("sleep 1000 & sleep 1000 & echo x"),
            limited(shell("sleep 1000"), |limits| limits.wall_time = std::time::Duration::from_millis(20)),
            limited(bomb.clone(), |limits| {
                limits.processes = 20;
                limits.cpu_time = std::time::Duration::from_millis(50);
            }),
            limited(shell("head -c 50M /dev/zero | tail -c 50M"), |limits| limits.memory_bytes = 8 << 20),
        ] {
            let ran = run_with(&launcher, &command);
            assert!(ran.is_ok(), "round {round}: {ran:?}");
        }
        let _ = run_with(&launcher, &shell("/no/such/program")).unwrap();
    }
    before.wait_for_no_more(launcher.pid(), "a hundred runs");
}

#[test]
fn a_launcher_that_was_killed_is_swept_up_by_the_next() {
    if host_lacks("memory cgroup", "a_launcher_that_was_killed_is_swept_up_by_the_next") {
        return;
    }
    let launcher = start_launcher();
    let mut sandbox = launcher.sandbox().unwrap();
    let child = sandbox.spawn(&shell("echo up; sleep 1000")).unwrap();
    let pid = rustix::process::Pid::from_raw(launcher.pid() as i32).unwrap();
    let _ = child.wait(&mut |_, _| rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap());
    drop((sandbox, launcher));
    let next = start_launcher();
    assert!(run_with(&next, &shell("true")).unwrap().exit.outcome.is_success());
}

#[test]
fn dropping_a_sandbox_kills_what_runs_in_it() {
    let launcher = start_launcher();
    run_with(&launcher, &shell("true")).unwrap();
    let before = Holdings::of(launcher.pid());
    let mut sandbox = launcher.sandbox().unwrap();
    let child = sandbox.spawn(&shell("sleep 1000")).unwrap();
    drop(sandbox);
    assert!(child.wait(&mut |_, _| {}).is_err());
    before.wait_for_no_more(launcher.pid(), "its drop");
}

#[test]
fn a_builder_that_dies_is_replaced() {
    let launcher = start_launcher();
    run_with(&launcher, &shell("true")).unwrap();
    let builders = children_called("builder", launcher.pid());
    assert_eq!(builders.len(), 1, "{builders:?}");
    rustix::process::kill_process(rustix::process::Pid::from_raw(builders[0]).unwrap(), rustix::process::Signal::KILL).unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    while std::fs::read_to_string(format!("/proc/{}/stat", builders[0])).is_ok_and(|stat| !stat.contains(") Z ")) {
        assert!(Instant::now() < deadline, "it does not die");
        std::thread::sleep(Duration::from_millis(5));
    }
    for _ in 0..3 {
        assert_eq!(run_with(&launcher, &shell("echo fine")).unwrap().success(), "fine\n");
    }
    assert_eq!(children_called("builder", launcher.pid()).len(), 1);
}

/// Living children of a process, by their own name.
fn children_called(name: &str, parent: u32) -> Vec<i32> {
    let all = std::fs::read_dir("/proc").unwrap().flatten();
    let pids = all.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    pids.filter(|pid| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let Some((head, tail)) = stat.rsplit_once(") ") else { return false };
        let mut fields = tail.split(' ');
        head.ends_with(&format!("({name}")) && fields.next() != Some("Z") && fields.next() == Some(&parent.to_string())
    })
    .collect()
}

#[test]
fn a_launcher_that_is_killed_is_followed_by_another() {
    let launcher = start_launcher();
    let mut sandbox = launcher.sandbox().unwrap();
    let child = sandbox.spawn(&shell("echo up; sleep 1000")).unwrap();
    let first = launcher.pid();
    let result = child.wait(&mut |_, _| {
        rustix::process::kill_process(rustix::process::Pid::from_raw(first as i32).unwrap(), rustix::process::Signal::KILL)
            .unwrap();
    });
    assert!(result.unwrap_err().to_string().contains("the launcher is gone"));
    // Whoever comes next need not know.
    for _ in 0..3 {
        assert_eq!(run_with(&launcher, &shell("echo fine")).unwrap().success(), "fine\n");
    }
    assert_ne!(launcher.pid(), first);
    let keeper = std::fs::read_to_string(format!("/proc/{}/stat", launcher.pid())).unwrap();
    let keeper: u32 = keeper.rsplit_once(") ").unwrap().1.split(' ').nth(1).unwrap().parse().unwrap();
    assert_eq!(children_called("launcher", keeper).len(), 1);
    // What the first one had running is dead, and was waited for.
    let deadline = Instant::now() + Duration::from_secs(60);
    while children_of(keeper).len() > 1 {
        assert!(Instant::now() < deadline, "the keeper has children beside the launcher");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_launcher_that_nobody_has_asked_yet_ends_with_its_client() {
    let launcher = start_launcher();
    let first = launcher.pid();
    let keeper: u32 = field(first, "PPid").unwrap().parse().unwrap();
    rustix::process::kill_process(rustix::process::Pid::from_raw(first as i32).unwrap(), rustix::process::Signal::KILL)
        .unwrap();
    // The next one has said so when it has an epoll to wait with.
    let waits = |pid: &u32| {
        let open = fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten();
        open.filter_map(|fd| fs::read_link(fd.path()).ok()).any(|link| link.to_string_lossy().contains("eventpoll"))
    };
    wait_until("another launcher waits", || children_of(keeper).iter().any(|pid| *pid != first && waits(pid)));
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        drop(launcher);
        let _ = send.send(());
    });
    assert!(receive.recv_timeout(Duration::from_secs(60)).is_ok(), "it does not end");
}
