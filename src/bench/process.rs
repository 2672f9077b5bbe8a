//! What a server of this machine has: memory, descriptors, cgroups. From /proc, of all its processes together.

use std::{collections::BTreeSet, fs, path::Path};

use crate::processes;

/// The server and everything that it started: keeper, launcher, builders, sandboxes ahead of need.
pub(super) fn family(server: u32) -> BTreeSet<u32> {
    processes::family(server, &processes::all())
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

/// What the names of this server's cgroups begin with: `0.` of `/codecanvas/0.367`. It is known while a program runs, which is in one.
pub(super) fn place(server: u32) -> Option<String> {
    family(server).into_iter().find_map(|pid| {
        let groups = fs::read_to_string(format!("/proc/{pid}/cgroup")).ok()?;
        let name = groups.lines().find_map(|line| line.rsplit_once("/codecanvas/"))?.1;
        name.split_once('.').map(|(place, _)| format!("{place}."))
    })
}

/// Cgroups of the server at this place, in all hierarchies together.
pub(super) fn cgroups(place: &str) -> usize {
    fn below(folder: &Path, place: &str) -> usize {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        let count = |entry: fs::DirEntry| {
            let is_of_server = folder.ends_with("codecanvas") && entry.file_name().to_string_lossy().starts_with(place);
            usize::from(is_of_server) + below(&entry.path(), place)
        };
        folders.map(count).sum()
    }
    below(Path::new("/sys/fs/cgroup"), place)
}

/// Cgroups as the kernel counts them, of the controller that has most: those of everybody, and those that are gone but for memory that
/// is still charged to them. 0 where it does not tell (`/proc/cgroups`, cgroups(7)).
pub(super) fn cgroups_of_kernel() -> u64 {
    let table = fs::read_to_string("/proc/cgroups").unwrap_or_default();
    let counts =
        table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_whitespace().nth(2)?.parse().ok());
    counts.max().unwrap_or(0)
}

/// Processor time of the family so far in milliseconds, with that of all whom it waited for (proc_pid_stat(5)).
pub(super) fn cpu_ms(server: u32) -> f64 {
    let tick_ms = 1000.0 / rustix::param::clock_ticks_per_second() as f64;
    family(server).into_iter().map(|pid| ticks(pid) as f64 * tick_ms).sum()
}

fn ticks(pid: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name, in parentheses, may have spaces in it; after it utime, stime, cutime and cstime are the 12th field and the next.
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().skip(11).take(4);
    fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
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
