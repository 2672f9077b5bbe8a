//! What a server has running, as the host's /proc and cgroups show it.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use serde_json::{Value, json};

use crate::server::Server;

impl Server {
    /// Every process below the server's: its launcher, and what runs.
    pub(crate) fn descendants(&self) -> Vec<u32> {
        let all = processes();
        let mut family = vec![self.pid()];
        let mut next = 0;
        while next < family.len() {
            let parent = family[next];
            family.extend(all.iter().filter(|process| process.1 == parent).map(|process| process.0));
            next += 1;
        }
        family.split_off(1)
    }

    /// Memory of the server's own process, in bytes.
    pub(crate) fn resident(&self) -> u64 {
        let kibibytes = field(self.pid(), "VmRSS").and_then(|text| text.trim_end_matches("kB").trim().parse::<u64>().ok());
        kibibytes.expect("a process has memory") << 10
    }

    /// The launcher's process id.
    pub(crate) fn launcher(&self) -> u32 {
        self.descendant_called("launcher")
    }

    /// That of the process which starts launchers.
    pub(crate) fn keeper(&self) -> u32 {
        self.descendant_called("keeper")
    }

    #[track_caller]
    fn descendant_called(&self, name: &str) -> u32 {
        let is_called = |pid: &u32| fs::read_to_string(of(*pid, "comm")).is_ok_and(|comm| comm.trim() == name);
        self.descendants().into_iter().find(is_called).unwrap_or_else(|| panic!("there is no {name}"))
    }
}

/// A time to sleep that no other program on this host sleeps: by it a program's process is found.
pub(crate) struct Nap(String);

impl Nap {
    pub(crate) fn new() -> Nap {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        Nap(format!("1000.{}{:03}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)))
    }

    /// A program that sleeps until it is killed.
    pub(crate) fn job(&self) -> Value {
        self.job_after("")
    }

    /// The same after these commands.
    pub(crate) fn job_after(&self, commands: &str) -> Value {
        let source = format!("{commands}\nsleep {}", self.0);
        json!({"language": "bash", "source": source, "limits": {"wall_time_ms": 120_000}})
    }

    /// A command that sleeps until it is killed.
    pub(crate) fn command(&self) -> String {
        format!("sleep {}", self.0)
    }

    /// Processes of the host that sleep this time.
    pub(crate) fn sleepers(&self) -> Vec<u32> {
        let argv = |pid: u32| fs::read(of(pid, "cmdline")).unwrap_or_default();
        let sleeps = |pid: &u32| argv(*pid) == format!("sleep\0{}\0", self.0).as_bytes();
        processes().into_iter().map(|(pid, _)| pid).filter(sleeps).collect()
    }

    pub(crate) fn is_running(&self) -> bool {
        !self.sleepers().is_empty()
    }
}

/// Every process and its parent.
fn processes() -> Vec<(u32, u32)> {
    let entries = fs::read_dir("/proc").expect("/proc is there").flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter_map(|pid| Some((pid, field(pid, "PPid")?.parse().ok()?))).collect()
}

/// A field of /proc/PID/status.
pub(crate) fn field(pid: u32, name: &str) -> Option<String> {
    let status = fs::read_to_string(of(pid, "status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    Some(line.trim().to_owned())
}

/// A file of /proc/PID.
pub(crate) fn of(pid: u32, name: &str) -> PathBuf {
    Path::new("/proc").join(pid.to_string()).join(name)
}

/// Our folders in the host's cgroup hierarchies.
fn cgroup_bases() -> Vec<PathBuf> {
    let mut tops = vec![PathBuf::from("/sys/fs/cgroup")];
    tops.extend(fs::read_dir("/sys/fs/cgroup").into_iter().flatten().flatten().map(|entry| entry.path()));
    tops.into_iter().map(|top| top.join("codecanvas")).filter(|base| base.is_dir()).collect()
}

/// Every group of ours on this host: where it is, and the number that no other folder has.
pub(crate) fn cgroups() -> BTreeSet<(PathBuf, u64)> {
    let folders = cgroup_bases().into_iter().flat_map(|base| fs::read_dir(base).into_iter().flatten().flatten());
    folders.filter_map(|entry| entry.metadata().ok().filter(fs::Metadata::is_dir).map(|it| (entry.path(), it.ino()))).collect()
}

/// The groups that a process is in.
pub(crate) fn cgroups_of(pid: u32) -> BTreeSet<(PathBuf, u64)> {
    let own = fs::read_to_string(of(pid, "cgroup")).unwrap_or_default();
    // proc_pid_cgroup(5): `hierarchy:controllers:path`.
    let names: Vec<&str> = own.lines().filter_map(|line| line.rsplit_once("/codecanvas/").map(|(_, name)| name)).collect();
    let is_own = |path: &Path| path.file_name().is_some_and(|name| names.iter().any(|own| name == *own));
    cgroups().into_iter().filter(|(path, _)| is_own(path)).collect()
}
