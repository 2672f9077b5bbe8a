//! Control groups: exact counters and limits for one run, on cgroup v2, on v1, or on a host that mixes them.
//!
//! Every controller is looked for by itself, since a host may have memory on v1 and the rest on v2. A run gets one group in
//! each hierarchy that is used. Without any hierarchy a run still works, bounded by resource limits alone.

use std::{
    fs::File,
    io::{self, Read, Write},
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    time::{Duration, Instant},
};

use codecanvas_protocol::Limits;
use rustix::{
    event::{EventfdFlags, eventfd},
    fs::{AtFlags, Mode, OFlags, mkdirat, openat, unlinkat},
    io::Errno,
};

pub(crate) mod layout;

use layout::{Controller, Version};

/// The hierarchies in use, each with a folder of ours.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) hierarchies: Vec<Hierarchy>,
}

/// One mounted hierarchy.
#[derive(Debug)]
pub(crate) struct Hierarchy {
    pub(crate) version: Version,
    pub(crate) controllers: Vec<Controller>,
    /// Our folder, below which each run has a group.
    pub(crate) base: OwnedFd,
}

impl Hierarchy {
    /// Names of the groups in our folder.
    fn names(&self) -> io::Result<Vec<String>> {
        let entries = rustix::fs::Dir::read_from(&self.base)?;
        let names = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_str().ok()?.to_owned()));
        // Files of the kernel's are called after a controller, groups begin with a number.
        Ok(names.filter(|name| name.starts_with(|first: char| first.is_ascii_digit())).collect())
    }

    /// The file by which the program joins: it has one thread then. On v1 a thread that moves itself needs no lock that all
    /// processors must agree on, where a process costs a grace period of the kernel's (cgroup_procs_write_start in kernel/cgroup).
    fn entrance(&self) -> &'static str {
        match self.version {
            Version::V1 => "tasks",
            Version::V2 => "cgroup.procs",
        }
    }
}

/// The group of one run in every hierarchy.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) name: String,
    folders: Vec<OwnedFd>,
    /// Told by the kernel when memory has run out (v1 only: v2 kills the whole group itself).
    pub(crate) out_of_memory: Option<OwnedFd>,
}

/// More processes no kernel has, and `pids.max` takes no larger number (PID_MAX_LIMIT of linux/threads.h).
const PIDS_MOST: u64 = 4 << 20;
/// One of x86-64 (2 MiB), and as much again for what processors keep in stock.
const HUGE_PAGE: u64 = 4 << 20;

/// How often it is looked whether what was left behind is gone when it was killed.
const SWEEP_AGAIN: Duration = Duration::from_millis(10);

impl Tree {
    /// What enforces a controller's limits here, in words; `None` when nothing does.
    pub(crate) fn mechanism(&self, controller: Controller) -> Option<&'static str> {
        let (_, hierarchy) = self.find(controller)?;
        Some(match (controller, hierarchy.version) {
            (Controller::Memory, Version::V1) => "cgroup v1 memory.limit_in_bytes",
            (Controller::Memory, Version::V2) => "cgroup v2 memory.max",
            (Controller::Pids, Version::V1) => "cgroup v1 pids.max",
            (Controller::Pids, Version::V2) => "cgroup v2 pids.max",
            (Controller::Cpu, Version::V1) => "timer on cgroup v1 cpuacct.usage",
            (Controller::Cpu, Version::V2) => "timer on cgroup v2 cpu.stat",
        })
    }

    fn find(&self, controller: Controller) -> Option<(usize, &Hierarchy)> {
        self.hierarchies.iter().enumerate().find(|(_, hierarchy)| hierarchy.controllers.contains(&controller))
    }

    /// Makes a group with the default limits. By the files that come with it a process joins the group: it writes `0` to each.
    pub(crate) fn create(&self, name: &str) -> io::Result<(Group, Vec<File>)> {
        let mut group = Group { name: name.to_owned(), folders: Vec::new(), out_of_memory: None };
        match self.fill(&mut group).and_then(|entrances| self.enforce(&group, &Limits::default()).map(|()| entrances)) {
            Ok(entrances) => Ok((group, entrances)),
            Err(error) => {
                self.remove(&group)?;
                Err(error)
            }
        }
    }

    fn fill(&self, group: &mut Group) -> io::Result<Vec<File>> {
        let mut entrances = Vec::new();
        for hierarchy in &self.hierarchies {
            mkdirat(&hierarchy.base, group.name.as_str(), Mode::from_raw_mode(0o755))?;
            let folder = openat(&hierarchy.base, group.name.as_str(), OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
            entrances.push(openat(&folder, hierarchy.entrance(), OFlags::WRONLY | OFlags::CLOEXEC, Mode::empty())?.into());
            if hierarchy.controllers.contains(&Controller::Memory) && hierarchy.version == Version::V1 {
                group.out_of_memory = Some(notice_of_memory_v1(folder.as_fd())?);
            }
            group.folders.push(folder);
        }
        Ok(entrances)
    }

    /// Gives a new group its limits, before anything runs in it. Most programs have those that it was made with.
    pub(crate) fn limit(&self, group: &Group, limits: &Limits) -> io::Result<()> {
        let of_group = |limits: &Limits| (limits.memory_bytes, limits.processes);
        if of_group(limits) == of_group(&Limits::default()) { Ok(()) } else { self.enforce(group, limits) }
    }

    fn enforce(&self, group: &Group, limits: &Limits) -> io::Result<()> {
        for (hierarchy, folder) in self.hierarchies.iter().zip(&group.folders) {
            for controller in &hierarchy.controllers {
                match (controller, hierarchy.version) {
                    (Controller::Memory, Version::V2) => limit_memory_v2(folder.as_fd(), limits)?,
                    (Controller::Memory, Version::V1) => limit_memory_v1(folder.as_fd(), limits)?,
                    (Controller::Pids, _) => write(folder.as_fd(), "pids.max", &limits.processes.min(PIDS_MOST).to_string())?,
                    (Controller::Cpu, _) => {}
                }
            }
        }
        Ok(())
    }

    /// Removes a group that has no process left.
    pub(crate) fn remove(&self, group: &Group) -> io::Result<()> {
        self.remove_named(&group.name)
    }

    /// The same by its name, in those hierarchies that still have it.
    pub(crate) fn remove_named(&self, name: &str) -> io::Result<()> {
        let mut result = Ok(());
        for hierarchy in &self.hierarchies {
            match unlinkat(&hierarchy.base, name, AtFlags::REMOVEDIR) {
                Ok(()) | Err(Errno::NOENT) => {}
                Err(error) => result = Err(error.into()),
            }
        }
        result
    }

    /// Processor time used by the group so far.
    pub(crate) fn cpu_time(&self, group: &Group) -> Option<Duration> {
        let (index, hierarchy) = self.find(Controller::Cpu)?;
        let folder = group.folders[index].as_fd();
        match hierarchy.version {
            Version::V1 => read_number(folder, "cpuacct.usage").map(Duration::from_nanos),
            Version::V2 => read_field(folder, "cpu.stat", "usage_usec").map(Duration::from_micros),
        }
    }

    /// The most memory that the group has used at once, in bytes.
    pub(crate) fn memory_peak(&self, group: &Group) -> Option<u64> {
        let (index, hierarchy) = self.find(Controller::Memory)?;
        let folder = group.folders[index].as_fd();
        match hierarchy.version {
            // The swap-inclusive file exists only on kernels that account for swap.
            Version::V1 => read_number(folder, "memory.memsw.max_usage_in_bytes")
                .or_else(|| read_number(folder, "memory.max_usage_in_bytes")),
            Version::V2 => read_number(folder, "memory.peak"),
        }
    }

    /// How often the kernel killed for want of memory.
    pub(crate) fn memory_kills(&self, group: &Group) -> u64 {
        let Some((index, hierarchy)) = self.find(Controller::Memory) else { return 0 };
        let file = match hierarchy.version {
            Version::V1 => "memory.oom_control",
            Version::V2 => "memory.events",
        };
        read_field(group.folders[index].as_fd(), file, "oom_kill").unwrap_or(0)
    }

    /// Whether the group has met this limit of its own. Who was killed without was killed for what others used.
    pub(crate) fn met_memory_limit(&self, group: &Group, limit: u64) -> bool {
        let Some((index, hierarchy)) = self.find(Controller::Memory) else { return false };
        match hierarchy.version {
            // Not every kernel counts in memory.failcnt. What is asked for at once, and refused, is a huge page at most.
            Version::V1 => self.memory_peak(group).is_none_or(|peak| peak + HUGE_PAGE >= limit),
            Version::V2 => read_field(group.folders[index].as_fd(), "memory.events", "oom").is_none_or(|times| times > 0),
        }
    }

    /// How often a new process or thread was refused.
    pub(crate) fn forks_refused(&self, group: &Group) -> u64 {
        let Some((index, _)) = self.find(Controller::Pids) else { return 0 };
        read_field(group.folders[index].as_fd(), "pids.events", "max").unwrap_or(0)
    }

    /// Kills the one process that is left in the group; whether nothing there can do anything any more. More than one are left to other
    /// means, and so is all where processes are not counted.
    pub(crate) fn kill_last(&self, group: &Group) -> bool {
        let Some((index, _)) = self.find(Controller::Pids) else { return false };
        let folder = group.folders[index].as_fd();
        let Ok(listed) = read_small(folder, "cgroup.procs") else { return false };
        let mut pids = listed.lines().map(str::parse::<i32>);
        let (Some(Ok(pid)), None) = (pids.next(), pids.next()) else { return false };
        // A child is counted before it is listed (cgroup_can_fork and cgroup_post_fork in kernel/cgroup), and who was killed has none any more.
        kill_process(pid) && read_number(folder, "pids.current").is_some_and(|count| count <= 1)
    }

    /// Kills and removes what a launcher that died left under these names. Gives those that are not empty after that: the kernel holds on
    /// to what is in them, or does when they have had so long.
    pub(crate) fn sweep(&self, is_ours: &dyn Fn(&str) -> bool, patience: Duration) -> io::Result<Vec<String>> {
        let mut left = Vec::new();
        for hierarchy in &self.hierarchies {
            left.extend(hierarchy.names()?);
        }
        left.sort();
        left.dedup();
        let deadline = Instant::now() + patience;
        loop {
            let mut failure = None;
            // Asked each time: meanwhile another launcher may have taken the number.
            left.retain(|name| is_ours(name));
            left.retain(|name| match self.remove_named(name) {
                Ok(()) => false,
                Err(error) => {
                    failure = failure.take().or(Some(error).filter(|error| error.raw_os_error() != Some(libc::EBUSY)));
                    true
                }
            });
            if let Some(error) = failure {
                return Err(error);
            }
            if left.is_empty() || Instant::now() >= deadline {
                return Ok(left);
            }
            for pid in self.members(&left) {
                kill_process(pid);
            }
            std::thread::sleep(SWEEP_AGAIN);
        }
    }

    /// The user ids of what is in groups of these names.
    pub(crate) fn users(&self, names: &[String]) -> Vec<u32> {
        let status = |pid| std::fs::read_to_string(format!("/proc/{pid}/status")).ok();
        let statuses: Vec<String> = self.members(names).into_iter().filter_map(status).collect();
        let ids = statuses.iter().filter_map(|status| status.lines().find_map(|line| line.strip_prefix("Uid:")));
        ids.flat_map(str::split_whitespace).filter_map(|id| id.parse().ok()).collect()
    }

    /// Processes in groups of these names.
    fn members(&self, names: &[String]) -> Vec<i32> {
        let all = self.hierarchies.iter().flat_map(|hierarchy| names.iter().map(move |name| (hierarchy, name)));
        let listed = all.filter_map(|(hierarchy, name)| {
            let folder = openat(&hierarchy.base, name.as_str(), OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty()).ok()?;
            read(folder.as_fd(), "cgroup.procs").ok()
        });
        listed.flat_map(|list| list.lines().filter_map(|line| line.parse().ok()).collect::<Vec<i32>>()).collect()
    }

    /// Names of groups, of all launchers' those that are wanted.
    pub(crate) fn names(&self, is_wanted: &dyn Fn(&str) -> bool) -> Vec<String> {
        let all = self.hierarchies.iter().filter_map(|hierarchy| hierarchy.names().ok()).flatten();
        all.filter(|name| is_wanted(name)).collect()
    }
}

fn limit_memory_v2(folder: BorrowedFd<'_>, limits: &Limits) -> io::Result<()> {
    write(folder, "memory.max", &limits.memory_bytes.to_string())?;
    write(folder, "memory.oom.group", "1")?;
    // Absent on kernels without swap.
    allow_missing(write(folder, "memory.swap.max", "0"))
}

fn limit_memory_v1(folder: BorrowedFd<'_>, limits: &Limits) -> io::Result<()> {
    let limit = limits.memory_bytes.to_string();
    // Memory and swap together; absent on kernels that do not account for swap. It may never be the smaller of the two, so that one
    // of the two orders is refused: which one depends on what was set before.
    let with_swap = || allow_missing(write(folder, "memory.memsw.limit_in_bytes", &limit));
    let _ = with_swap();
    write(folder, "memory.limit_in_bytes", &limit)?;
    with_swap()?;
    // Memory of sockets, which v1 counts apart.
    allow_missing(write(folder, "memory.kmem.tcp.limit_in_bytes", &limit))
}

/// A descriptor that becomes readable when memory has run out (cgroup-v1/memory.txt, section 9).
fn notice_of_memory_v1(folder: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    let notice = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
    let control = openat(folder, "memory.oom_control", OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
    write(folder, "cgroup.event_control", &format!("{} {}", raw(&notice), raw(&control)))?;
    Ok(notice)
}

fn raw(fd: &OwnedFd) -> i32 {
    std::os::fd::AsRawFd::as_raw_fd(fd)
}

/// Kills a process that was just listed; one that is gone meanwhile is killed too.
fn kill_process(pid: i32) -> bool {
    use rustix::process::{Pid, Signal, kill_process};
    // 0 is one that cannot be seen from here.
    Pid::from_raw(pid).is_some_and(|pid| matches!(kill_process(pid, Signal::KILL), Ok(()) | Err(Errno::SRCH)))
}

fn allow_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

pub(crate) fn write(folder: BorrowedFd<'_>, file: &str, value: &str) -> io::Result<()> {
    let mut file = File::from(openat(folder, file, OFlags::WRONLY | OFlags::CLOEXEC, Mode::empty())?);
    file.write_all(value.as_bytes())
}

pub(crate) fn read(folder: BorrowedFd<'_>, file: &str) -> io::Result<String> {
    let mut text = String::new();
    File::from(openat(folder, file, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?).read_to_string(&mut text)?;
    Ok(text)
}

/// The begin of a small file of the kernel's, which gives it whole in one read.
fn read_small(folder: BorrowedFd<'_>, file: &str) -> io::Result<String> {
    let mut buffer = [0; 1024];
    let file = openat(folder, file, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
    let length = rustix::io::read(&file, &mut buffer)?;
    Ok(String::from_utf8_lossy(&buffer[..length]).into_owned())
}

fn read_number(folder: BorrowedFd<'_>, file: &str) -> Option<u64> {
    read_small(folder, file).ok()?.trim().parse().ok()
}

/// The number behind a word in a file of `word number` lines.
fn read_field(folder: BorrowedFd<'_>, file: &str, word: &str) -> Option<u64> {
    let text = read_small(folder, file).ok()?;
    text.lines().find_map(|line| line.strip_prefix(word)?.trim().parse().ok())
}
