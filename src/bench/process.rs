//! What a server of this machine has: memory, descriptors, cgroups. From /proc, of all its processes together.

use std::{collections::BTreeSet, fs, path::Path};

/// The server and everything that it started: keeper, launcher, builders, sandboxes ahead of need.
pub(super) fn family(server: u32) -> BTreeSet<u32> {
    let all: Vec<(u32, u32)> = processes().filter_map(|pid| Some((pid, parent(pid)?))).collect();
    let mut family = BTreeSet::from([server]);
    loop {
        let size = family.len();
        let children: Vec<u32> = all.iter().filter(|(_, parent)| family.contains(parent)).map(|(pid, _)| *pid).collect();
        family.extend(children);
        if family.len() == size {
            return family;
        }
    }
}

/// Memory of the family in bytes: the proportional share (PSS), or what is resident where that may not be read. Shared pages
/// count once.
pub(super) fn memory(server: u32) -> u64 {
    family(server).into_iter().map(memory_of).sum()
}

/// Open descriptors of the family.
pub(super) fn descriptors(server: u32) -> usize {
    family(server).into_iter().map(|pid| entries(&format!("/proc/{pid}/fd"))).sum()
}

/// Cgroups of this host, of the controller that has most; 0 where the kernel does not tell (`/proc/cgroups`, cgroups(7)).
pub(super) fn cgroups() -> u64 {
    let table = fs::read_to_string("/proc/cgroups").unwrap_or_default();
    let counts =
        table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_whitespace().nth(2)?.parse().ok());
    counts.max().unwrap_or(0)
}

fn processes() -> impl Iterator<Item = u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

fn parent(pid: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().parse().ok()
}

fn memory_of(pid: u32) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let status = || fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    kilobytes(&rollup, "Pss:").or_else(|| kilobytes(&status(), "VmRSS:")).unwrap_or(0) * 1024
}

fn kilobytes(text: &str, name: &str) -> Option<u64> {
    text.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix(" kB")?.parse().ok())
}

fn entries(folder: &str) -> usize {
    fs::read_dir(Path::new(folder)).map_or(0, Iterator::count)
}
