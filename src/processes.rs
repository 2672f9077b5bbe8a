//! The processes of this machine, as /proc shows them.

use std::{collections::BTreeSet, fs, path::Path};

/// One of them (proc_pid_status(5)).
pub(crate) struct Process {
    pub(crate) pid: u32,
    pub(crate) parent: u32,
    pub(crate) uid: u32,
    pub(crate) name: String,
}

/// All that can be seen.
pub(crate) fn all() -> Vec<Process> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| process(&entry.path())).collect()
}

/// One of these and everything that it started.
pub(crate) fn family(first: u32, all: &[Process]) -> BTreeSet<u32> {
    let mut family = BTreeSet::from([first]);
    loop {
        let size = family.len();
        let children = all.iter().filter(|process| family.contains(&process.parent)).map(|process| process.pid);
        family.extend(children.collect::<Vec<_>>());
        if family.len() == size {
            return family;
        }
    }
}

fn process(path: &Path) -> Option<Process> {
    let pid = path.file_name()?.to_str()?.parse().ok()?;
    let status = fs::read_to_string(path.join("status")).ok()?;
    let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next());
    Some(Process {
        pid,
        parent: field("PPid:")?.parse().ok()?,
        uid: field("Uid:")?.parse().ok()?,
        name: field("Name:")?.to_owned(),
    })
}
