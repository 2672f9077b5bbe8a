//! What this process and its launcher hold on the host: counted before and after, to see that nothing is left behind.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use codecanvas_sandbox::{STANDBYS_MAX, groups_left_over, is_id_of_sandbox};

use super::STARTED_AHEAD;
use crate::processes::{self, Process};

/// How long the kernel may take to let go of what has ended.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many there are of each kind; what has no number of its own, such as a file, is a kind by itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Holdings(BTreeMap<String, usize>);

/// What was compiled is kept on purpose (the setting `engine.cache_bytes` bounds it), in mounts of the launcher below this folder.
const TREE: &str = " /trees/";

/// So are maps from one user of sandboxes to another, one for each two: how the target of such a descriptor begins.
const MAP: &str = "user:[";

/// What the launcher has open for each sandbox, whatever is in it, beside its cgroups: a ledger, a process, a socket and an event.
const OPEN_FOR_SANDBOX: usize = 4;
const GROUPS: &str = "/sys/fs/cgroup/";

impl Holdings {
    /// Looks around.
    pub(super) fn now() -> Holdings {
        let mut holdings = Holdings(BTreeMap::new());
        let mut namespaces = BTreeSet::new();
        let all = family();
        let waiting = started_ahead(&all);
        holdings.count("interpreter too many".to_owned(), waiting.len().saturating_sub(STANDBYS_MAX as usize));
        let is_of_waiting = |process: &Process| waiting.iter().any(|(own, init)| [*own, *init].contains(&process.pid));
        for process in all.iter().filter(|process| !is_of_waiting(process)) {
            let of = |name: &str| PathBuf::from(format!("/proc/{}/{name}", process.pid));
            holdings.count(format!("process {}", process.name), 1);
            let open = entries(&of("fd")).filter_map(|path| fs::read_link(path).ok());
            let open: Vec<String> = open.map(|target| target.to_string_lossy().into_owned()).collect();
            let descriptors = open.iter().filter(|target| !target.starts_with(MAP)).count();
            let of_waiting = if process.name == "launcher" { waiting.len() * open_for_each_sandbox(&open) } else { 0 };
            holdings.count(format!("descriptor of {}", process.name), descriptors.saturating_sub(of_waiting));
            // A sandbox's mounts end with it, and which language's wait, with how many, is by chance.
            if process.name != "init" {
                let mounts = fs::read_to_string(of("mounts")).unwrap_or_default();
                let mounts = mounts.lines().filter(|mount| !mount.contains(TREE)).count();
                holdings.count(format!("mount of {}", process.name), mounts);
            }
            namespaces.extend(entries(&of("ns")).filter_map(|path| fs::read_link(path).ok()));
        }
        holdings.count("namespace".to_owned(), namespaces.len());
        groups_left_over().into_iter().for_each(|name| holdings.count(format!("cgroup {name}"), 1));
        shared_memory().into_iter().for_each(|line| holdings.count(format!("System V object {line}"), 1));
        files().into_iter().for_each(|path| holdings.count(format!("file {}", path.display()), 1));
        holdings
    }

    /// Looks around until nothing changes any more: sandboxes are built ahead in the background.
    pub(super) fn settled() -> Holdings {
        let deadline = Instant::now() + PATIENCE;
        let mut last = Holdings::now();
        loop {
            std::thread::sleep(Duration::from_millis(200));
            let now = Holdings::now();
            if now == last || Instant::now() > deadline {
                return now;
            }
            last = now;
        }
    }

    fn count(&mut self, kind: String, number: usize) {
        *self.0.entry(kind).or_default() += number;
    }

    /// What there is now and was not before, once the kernel has had its time.
    pub(super) fn added(&self) -> Vec<String> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let now = Holdings::now();
            let more = |(kind, number): (&String, &usize)| {
                let before = self.0.get(kind).copied().unwrap_or(0);
                (*number > before).then(|| format!("{kind}: {number}, {before} before"))
            };
            let added: Vec<String> = now.0.iter().filter_map(more).collect();
            if added.is_empty() || Instant::now() > deadline {
                return added;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// This process's descendants, and what runs with a sandbox's user id and has lost its launcher. (Others have theirs.)
fn family() -> Vec<Process> {
    let all = processes::all();
    let family = processes::family(std::process::id(), &all);
    let own = |process: &Process| family.contains(&process.pid) && process.pid != std::process::id();
    let stray = |process: &Process| process.parent == 1 && is_id_of_sandbox(process.uid);
    all.into_iter().filter(|process| own(process) || stray(process)).collect()
}

/// How much of what the launcher has open is one sandbox's: its group has a folder in each hierarchy of cgroups.
fn open_for_each_sandbox(open: &[String]) -> usize {
    let hierarchies: BTreeSet<&str> = open.iter().filter_map(|target| group(target)).collect();
    OPEN_FOR_SANDBOX + hierarchies.len()
}

/// The folder with the groups, if that is a sandbox's group: its name is two numbers.
fn group(target: &str) -> Option<&str> {
    let (folder, name) = target.strip_prefix(GROUPS)?.rsplit_once('/')?;
    let (launcher, number) = name.split_once('.')?;
    [launcher, number].iter().all(|part| part.parse::<u64>().is_ok()).then_some(folder)
}

/// Of these, the interpreters that were started ahead, each with the init of its sandbox: how many of which wait is by chance.
fn started_ahead(family: &[Process]) -> Vec<(u32, u32)> {
    let inits: BTreeSet<u32> = family.iter().filter(|process| process.name == "init").map(|process| process.pid).collect();
    let is_called = |process: &Process| STARTED_AHEAD.iter().any(|(_, name, _)| *name == process.name);
    let is_one = |process: &&Process| is_called(process) && inits.contains(&process.parent);
    family.iter().filter(is_one).map(|process| (process.pid, process.parent)).collect()
}

/// Objects of System V's IPC that a sandbox's user made (proc_sysvipc(5); the owner's column has a heading).
fn shared_memory() -> Vec<String> {
    let mut found = Vec::new();
    for kind in ["shm", "sem", "msg"] {
        let table = fs::read_to_string(format!("/proc/sysvipc/{kind}")).unwrap_or_default();
        let mut lines = table.lines();
        let column = lines.next().and_then(|head| head.split_whitespace().position(|name| name == "uid"));
        let owner = |line: &&str| line.split_whitespace().nth(column?)?.parse().ok();
        found.extend(lines.filter(|line| owner(line).is_some_and(is_id_of_sandbox)).map(|line| format!("{kind} {line}")));
    }
    found
}

/// Files of a sandbox's user in folders that everyone may write to.
fn files() -> Vec<PathBuf> {
    let folders = ["/tmp", "/var/tmp", "/dev/shm", "/run/lock"];
    let all = folders.iter().flat_map(|folder| entries(Path::new(folder)));
    all.filter(|path| fs::symlink_metadata(path).is_ok_and(|metadata| is_id_of_sandbox(metadata.uid()))).collect()
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path())
}
