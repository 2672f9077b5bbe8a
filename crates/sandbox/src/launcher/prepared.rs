//! What the launcher takes of its host, once: ids, cgroups, file systems, the filter.

use std::{
    cell::{Cell, RefCell},
    os::fd::{AsFd, OwnedFd},
    time::Duration,
};

use rustix::{
    process::{PidfdFlags, getgid, getpid, getuid, pidfd_open},
    thread::CapabilitySet,
};

use super::{
    keeper::{Libraries, complain},
    nursery::Nursery,
    places::{self, FIRST_ID, Places},
    root::Root,
    standby::STANDBYS_MAX,
};
use crate::{
    Command, Warm,
    cgroup::{Group, Tree, layout, layout::Controller},
    error::{At, Error, Step},
    message::Greeting,
    seccomp, sys,
    warm::Additions,
};

/// Everything that is the same for all runs.
pub(super) struct Prepared {
    pub(super) rootless: bool,
    /// How many sandboxes may run at once. There are more places than that, for interpreters that are started ahead.
    pub(super) slots: usize,
    /// How many of one interpreter may be started ahead.
    pub(super) standbys: usize,
    pub(super) places: Places,
    pub(super) cgroups: Tree,
    pub(super) root: Root,
    /// A descriptor of the launcher's own process, by which what it forks sees whether it lives.
    pub(super) myself: OwnedFd,
    /// Interpreters that are kept ready.
    pub(super) warm: Vec<Warm>,
    /// What starts templates, if there are to be any.
    pub(super) nursery: Option<Nursery>,
    /// How many groups were made.
    groups: Cell<u64>,
    /// Names of groups that are to be removed, and could not be yet.
    busy: RefCell<Vec<String>>,
}

impl Prepared {
    /// Takes it all; the order matters: what needs the host's file system comes before that is left.
    pub(super) fn new(greeting: &Greeting, libraries: Libraries) -> Result<Prepared, Error> {
        raise_descriptors();
        rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o022));
        let rootless = !places::commands_ids();
        if !rootless {
            check_capabilities()?;
        }
        let has_spares = greeting.spares > 0;
        let can_be_ready = |warm: &&Warm| match warm.interpreter.can_be_forked() {
            true => has_spares && !libraries.template.is_empty(),
            false => has_spares && !libraries.gate.is_empty(),
        };
        let warm: Vec<Warm> = greeting.warm.iter().filter(can_be_ready).cloned().collect();
        let has_templates = warm.iter().any(|warm| warm.interpreter.can_be_forked());
        let pools = warm.iter().filter(|warm| !warm.interpreter.can_be_forked()).count() as u32;
        let gate = (pools > 0).then_some(libraries.gate);
        let standbys = greeting.spares.min(STANDBYS_MAX);
        let cgroups = layout::open();
        let more = (standbys * pools).min(STANDBYS_MAX);
        let (places, groups) = take_places(greeting.slots, more, &cgroups, rootless)?;
        if rootless {
            enter_user_namespace()?;
        }
        let owner = if rootless { FIRST_ID } else { 0 };
        let ids = if rootless { vec![FIRST_ID] } else { places.numbers.iter().map(|n| FIRST_ID + n).collect() };
        let root = Root::prepare(&greeting.mounts, owner, &ids, gate)?;
        let myself = pidfd_open(getpid(), PidfdFlags::empty()).at(Step::StartLauncher)?;
        let nursery = has_templates.then(|| Nursery::start(rootless, myself.as_fd(), libraries.template)).transpose()?;
        // The launcher executes nothing, so it loses nothing by this, and all that it forks inherits it.
        sys::bar_capabilities().at(Step::Capabilities)?;
        seccomp::install()?;
        let slots = greeting.slots as usize;
        let (groups, busy) = (Cell::new(groups), RefCell::default());
        let standbys = standbys as usize;
        Ok(Prepared { rootless, slots, standbys, places, cgroups, root, myself, warm, nursery, groups, busy })
    }

    /// The user id of the programs of a place.
    pub(super) fn uid(&self, place: usize) -> u32 {
        if self.rootless { FIRST_ID } else { FIRST_ID + self.places.numbers[place] }
    }

    /// A name for a group that no other has: sweeping goes by the number before the dot.
    pub(super) fn next_group_name(&self) -> String {
        self.groups.set(self.groups.get() + 1);
        format!("{}.{}", self.places.numbers[0], self.groups.get())
    }

    /// Which interpreter kept ready a command can be started by, and what it adds to that one's command line and environment.
    pub(super) fn warm_for(&self, command: &Command) -> Option<(usize, Additions)> {
        let mut all = self.warm.iter().enumerate().filter(|_| command.warm);
        all.find_map(|(index, warm)| Some((index, warm.additions(command)?)))
    }

    /// Removes a group whose processes are gone.
    ///
    /// A process that has ended may be in its group for a moment longer: then this is tried again.
    pub(super) fn remove_group(&self, group: &Group) {
        if self.cgroups.remove(group).is_err() {
            self.busy.borrow_mut().push(group.name.clone());
        }
    }

    /// Tries again to remove what could not be removed; whether something is left that cannot.
    pub(super) fn remove_busy_groups(&self) -> bool {
        let mut busy = self.busy.borrow_mut();
        busy.retain(|name| self.cgroups.remove_named(name).is_err());
        !busy.is_empty()
    }

    /// The owner of the file systems that the launcher makes for itself.
    pub(super) fn owner(&self) -> u32 {
        if self.rootless { FIRST_ID } else { 0 }
    }

    /// What this host cannot enforce.
    pub(super) fn weaker(&self) -> Vec<String> {
        let mut weaker = Vec::new();
        if self.cgroups.mechanism(Controller::Memory).is_none() {
            weaker.push(
                "no memory cgroup: only what each process has for itself is bounded, not what processes share; the peak is that of the \
                 largest process".to_owned(),
            );
        }
        if self.cgroups.mechanism(Controller::Pids).is_none() {
            weaker.push(
                "no pids cgroup: processes are bounded by a resource limit, and a refused fork is not reported".to_owned(),
            );
        }
        if self.cgroups.mechanism(Controller::Cpu).is_none() {
            weaker.push(
                "no cpu cgroup: processor time is sampled, and that of processes nobody waited for may be missing".to_owned(),
            );
        }
        if self.rootless {
            weaker.push("not started as root: all programs share one user id of the host".to_owned());
        }
        weaker
    }
}

/// Root may be short of some in a container; what would fail only later, or without a word, is refused here.
fn check_capabilities() -> Result<(), Error> {
    const NEEDED: [(CapabilitySet, &str); 7] = [
        (CapabilitySet::SYS_ADMIN, "SYS_ADMIN"),
        (CapabilitySet::NET_ADMIN, "NET_ADMIN"),
        (CapabilitySet::SETUID, "SETUID"),
        (CapabilitySet::SETGID, "SETGID"),
        (CapabilitySet::SETPCAP, "SETPCAP"),
        (CapabilitySet::CHOWN, "CHOWN"),
        (CapabilitySet::KILL, "KILL"),
    ];
    let have = rustix::thread::capabilities(None).at(Step::StartLauncher)?.effective;
    let missing: Vec<&str> = NEEDED.iter().filter(|(needed, _)| !have.contains(*needed)).map(|(_, name)| *name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let add: Vec<String> = missing.iter().map(|name| format!("--cap-add {name}")).collect();
    let detail = format!("root lacks the capabilities {} (in a container: {})", missing.join(", "), add.join(" "));
    Err(Error::refused(Step::StartLauncher, detail))
}

/// As many descriptors as the host lets us have: each sandbox takes a handful.
fn raise_descriptors() {
    let hard = sys::hard_rlimit(libc::RLIMIT_NOFILE);
    // Without it there is room for fewer sandboxes, no more.
    let _ = sys::set_rlimit(libc::RLIMIT_NOFILE, hard, hard);
}

/// Takes places, when what launchers that died have left behind is gone. Where the kernel holds on to a process of theirs, its user is
/// nobody's here; with that comes a number that no name of a group has been given yet.
fn take_places(count: u32, more: u32, cgroups: &Tree, rootless: bool) -> Result<(Places, u64), Error> {
    let (mut but, mut patience) = (Vec::new(), SWEEP_PATIENCE);
    loop {
        let places = Places::take(count, more, &but).at(Step::TakeUids)?;
        let left = cgroups.sweep(&|name| places.may_sweep_group(name), patience).at(Step::PrepareCgroups)?;
        patience = Duration::ZERO;
        // Of whatever launcher: a group's name has the first of its numbers only.
        but = if rootless { Vec::new() } else { cgroups.users(&cgroups.names(&|_| true)) };
        if places.numbers.iter().all(|number| !but.contains(&(FIRST_ID + number))) {
            left.iter().for_each(|name| complain(format_args!("the kernel holds on to an earlier launcher's group {name}")));
            let used = left.iter().filter_map(|name| name.split('.').nth(1)?.parse().ok());
            return Ok((places, used.max().unwrap_or(0)));
        }
    }
}

/// An ordinary user gets the privilege to build sandboxes in a user namespace, over nothing but what it already owns.
fn enter_user_namespace() -> Result<(), Error> {
    let (uid, gid) = (getuid().as_raw(), getgid().as_raw());
    sys::unshare(libc::CLONE_NEWUSER).at(Step::EnterUserNamespace)?;
    let write = |file: &str, text: String| std::fs::write(format!("/proc/self/{file}"), text).at_on(Step::MapIds, file);
    write("setgroups", "deny".to_owned())?;
    write("uid_map", format!("{FIRST_ID} {uid} 1"))?;
    write("gid_map", format!("{FIRST_ID} {gid} 1"))
}

/// How long what an earlier launcher left behind may take to be gone.
const SWEEP_PATIENCE: Duration = Duration::from_secs(2);

/// How long a killed sandbox may take to be gone before it counts as undying: its processes may be many, or the machine slow.
pub(super) const KILL_PATIENCE: Duration = Duration::from_secs(30);

/// How long building a sandbox may take before it counts as failed: far more than it ever needs.
pub(super) const SETUP_PATIENCE: Duration = Duration::from_secs(20);
