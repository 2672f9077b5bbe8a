//! What this host gives a sandbox: every mechanism, what is lost without it, and what mends it.

use std::fs;

use codecanvas_protocol::{Limits, Outcome};
use serde::Serialize;

use crate::{
    Command, Launcher, Setup,
    cgroup::{
        Tree,
        layout::{self, Controller},
    },
    launcher::places,
};

/// The oldest Linux with everything used here: 5.14 (mount_setattr 5.12, close_range's flag 5.11, openat2 5.6, clone3 5.5).
const OLDEST_KERNEL: (u32, u32) = (5, 14);

/// Whether a mechanism is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It does all that is asked of it.
    Full,
    /// Programs are isolated without it, but `lost` says what is not enforced.
    Weaker,
    /// Without it nothing is run.
    Missing,
}

/// One mechanism of this host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mechanism {
    /// What it is.
    pub name: String,
    /// Whether it is there.
    pub status: Status,
    /// What was found.
    pub detail: String,
    /// What is lost, when it is not fully there.
    pub lost: Option<String>,
    /// What mends that: a command, or what to ask an administrator for.
    pub remedy: Option<String>,
}

/// What was found on this host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Host {
    /// Every mechanism, in the order in which a run meets them.
    pub mechanisms: Vec<Mechanism>,
}

impl Host {
    /// Looks at every mechanism and then tries them together on a program that does nothing.
    ///
    /// Like [`Launcher::start`] it needs a program that calls [`crate::enter_if_launcher`] first.
    pub fn probe() -> Host {
        let cgroups = layout::open();
        Host {
            mechanisms: vec![
                kernel(),
                user_namespaces(),
                user_ids(),
                memory(&cgroups),
                swap(),
                pids(&cgroups),
                cpu(&cgroups),
                seccomp(),
                core_dumps(),
                trial(),
            ],
        }
    }

    /// Whether a run here is isolated.
    pub fn isolates(&self) -> bool {
        self.mechanisms.iter().all(|mechanism| mechanism.status != Status::Missing)
    }
}

impl Mechanism {
    fn full(name: &str, detail: impl Into<String>) -> Mechanism {
        Mechanism { name: name.to_owned(), status: Status::Full, detail: detail.into(), lost: None, remedy: None }
    }

    fn short(status: Status, name: &str, detail: impl Into<String>, lost: &str, remedy: impl Into<String>) -> Mechanism {
        let (lost, remedy) = (Some(lost.to_owned()), Some(remedy.into()));
        Mechanism { name: name.to_owned(), status, detail: detail.into(), lost, remedy }
    }
}

fn is_root() -> bool {
    places::commands_ids()
}

fn kernel() -> Mechanism {
    let release = rustix::system::uname().release().to_string_lossy().into_owned();
    let mut numbers = release.split(['.', '-']).map(|part| part.parse::<u32>().unwrap_or(0));
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if version >= OLDEST_KERNEL {
        return Mechanism::full("kernel", format!("Linux {release}"));
    }
    let remedy = "install a kernel of version 5.14 or newer";
    Mechanism::short(Status::Missing, "kernel", format!("Linux {release}"), "calls that build the sandbox", remedy)
}

fn user_namespaces() -> Mechanism {
    let name = "user namespaces";
    if is_root() {
        return Mechanism::full(name, "not needed: started as root");
    }
    let read = |path: &str| fs::read_to_string(path).ok().and_then(|text| text.trim().parse::<u64>().ok());
    let switches = [
        ("/proc/sys/user/max_user_namespaces", 0, "sudo sysctl user.max_user_namespaces=65536"),
        ("/proc/sys/kernel/unprivileged_userns_clone", 0, "sudo sysctl kernel.unprivileged_userns_clone=1"),
        (
            "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
            1,
            "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0",
        ),
    ];
    match switches.iter().find(|(path, bad, _)| read(path) == Some(*bad)) {
        Some((path, bad, remedy)) => {
            let lost = "an ordinary user cannot build a sandbox";
            Mechanism::short(Status::Missing, name, format!("{path} is {bad}"), lost, *remedy)
        }
        None => Mechanism::full(name, "open to this user"),
    }
}

fn user_ids() -> Mechanism {
    if is_root() {
        return Mechanism::full("user ids", "each concurrent program has its own");
    }
    let lost = "all programs share one user id of the host; only their namespaces keep them apart";
    Mechanism::short(
        Status::Weaker,
        "user ids",
        "not started as root",
        lost,
        "start as root (the server gives root away after start-up)",
    )
}

fn memory(cgroups: &Tree) -> Mechanism {
    let lost = "only what each process has for itself is bounded, not what processes share, and running out of it looks like the program's own failure";
    controller(cgroups, Controller::Memory, "memory limit", lost)
}

fn pids(cgroups: &Tree) -> Mechanism {
    controller(
        cgroups,
        Controller::Pids,
        "process limit",
        "processes are bounded by a resource limit, and a refused fork is not reported",
    )
}

fn cpu(cgroups: &Tree) -> Mechanism {
    let lost = "processor time is sampled from /proc; that of processes nobody waited for may be missing";
    controller(cgroups, Controller::Cpu, "processor time", lost)
}

fn controller(cgroups: &Tree, controller: Controller, name: &str, lost: &str) -> Mechanism {
    match cgroups.mechanism(controller) {
        Some(mechanism) => Mechanism::full(name, mechanism),
        None => {
            let remedy = if is_root() {
                "mount the cgroup file system writable (in a container: --cgroupns=private, and a writable /sys/fs/cgroup)"
            } else {
                "start as root, or in a delegated cgroup v2: systemd-run --user --scope -p Delegate=yes codecanvas …"
            };
            Mechanism::short(Status::Weaker, name, "no cgroup that may be written to", lost, remedy)
        }
    }
}

fn swap() -> Mechanism {
    let swaps = fs::read_to_string("/proc/swaps").unwrap_or_default();
    if swaps.lines().count() <= 1 {
        return Mechanism::full("swap", "none on this host");
    }
    let lost = "where the kernel does not account for swap, a program may use swap beyond its memory limit";
    Mechanism::short(Status::Weaker, "swap", "in use on this host", lost, "sudo swapoff -a")
}

fn seccomp() -> Mechanism {
    let actions = fs::read_to_string("/proc/sys/kernel/seccomp/actions_avail").unwrap_or_default();
    if actions.contains("kill_process") && actions.contains("errno") {
        return Mechanism::full("system call filter", "seccomp");
    }
    let lost = "the kernel's rarely used calls are open to programs";
    Mechanism::short(Status::Missing, "system call filter", "no seccomp", lost, "use a kernel with CONFIG_SECCOMP_FILTER")
}

fn core_dumps() -> Mechanism {
    let pattern = fs::read_to_string("/proc/sys/kernel/core_pattern").unwrap_or_default();
    if !pattern.starts_with('|') {
        return Mechanism::full("core dumps", "off");
    }
    // RLIMIT_CORE does not hold for a pipe (core(5)).
    let lost = "each crash of a program starts the host's crash handler, as root";
    Mechanism::short(
        Status::Weaker,
        "core dumps",
        format!("piped: {}", pattern.trim()),
        lost,
        "sudo sysctl kernel.core_pattern=core",
    )
}

/// Everything together: the only proof that a run is isolated here is one.
fn trial() -> Mechanism {
    match try_run() {
        Ok(()) => Mechanism::full("trial run", "a program ran in a sandbox"),
        Err(reason) => {
            let remedy = "mend what is named above; in a container see docs/deploy.md for the flags it needs";
            Mechanism::short(Status::Missing, "trial run", reason, "nothing can be run", remedy)
        }
    }
}

fn try_run() -> Result<(), String> {
    let launcher = Launcher::start(&Setup { slots: 1, ..Setup::default() }).map_err(|error| error.to_string())?;
    let limits = Limits::default();
    let command = Command { argv: vec!["true".into()], limits, ..Command::default() };
    let mut sandbox = launcher.sandbox().map_err(|error| error.to_string())?;
    let exit = sandbox.spawn(&command).and_then(|child| child.wait(&mut |_, _| {})).map_err(|error| error.to_string())?;
    match exit.outcome {
        Outcome::Exited { code: 0 } => Ok(()),
        other => Err(format!("a program that does nothing ended as {other:?}")),
    }
}
