//! The sandbox's init: pid 1 of fresh namespaces. It builds the sandbox from inside, waits for its order, starts the program, gives
//! up its own privileges, reaps, and records how the program ended. When it ends, the kernel kills all that is left.
//!
//! ```text
//! builder ── fork into new namespaces ─→ init: host name → /proc → /work → /tmp → loopback
//! launcher ────────── order ───────────→     │ sizes → files ─ fork ─→ program: see program.rs
//!     │                                      │ no privileges, reaps              │
//!     └──── ledger ←──── how it ended ───────┘      when it started, or why not ─┘ ─→ ledger
//! ```

use std::{
    fs::File,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    path::Path,
    time::Duration,
};

use codecanvas_protocol::{Limits, WindowSize};
use rustix::process::{Pid, Signal, set_dumpable_behavior, set_parent_process_death_signal};
use serde::{Deserialize, Serialize};

use crate::{
    Command,
    error::{At, Error, Step},
    launcher::{
        Resident,
        places::{FIRST_ID, INIT_ID},
    },
    ledger::{Ledger, monotonic},
    mount::{self, Tmpfs},
    program::{self, Counted},
    sys, terminal,
    warm::Additions,
    wire,
};

mod files;
mod gate;

/// What init is born with: the same for every program.
pub(crate) struct Seed<'a> {
    pub(crate) proc_masks: &'a [(String, bool)],
    /// Whether this launcher lives in a user namespace, so that each sandbox gets one of its own too.
    pub(crate) rootless: bool,
    /// The way to the launcher.
    pub(crate) ledger: &'a Ledger,
    /// A descriptor of the launcher's own process.
    pub(crate) launcher: BorrowedFd<'a>,
    /// The host's /proc, for what a process can only say of itself there.
    pub(crate) proc: BorrowedFd<'a>,
    /// Where the order comes from.
    pub(crate) orders: OwnedFd,
    /// By these the program joins its cgroups.
    pub(crate) entrances: &'a [File],
    /// What a template had in its memory, and so this process has.
    pub(crate) resident: Option<&'a Resident>,
}

/// What to run, from the launcher. Standard input, output and error come with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) command: Command,
    /// User and group id of the program.
    pub(crate) uid: u32,
    pub(crate) counted: Counted,
    /// The working directory; unless it is new, its descriptor comes with the order.
    pub(crate) work: Work,
    /// For a program that goes on with the interpreter in memory: what it adds to that one's command line and environment.
    pub(crate) warm: Option<Additions>,
    /// Whether this is an interpreter that is started ahead: it waits at a gate until a further order says what it is to run.
    pub(crate) at_gate: bool,
}

/// Where a program's working directory comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Work {
    /// It is made afresh and dies with the sandbox.
    New,
    /// An earlier program of the same sandbox has left it, or a later one is to find it.
    Left,
    /// It is made afresh over one that an earlier sandbox has left and that nobody changes.
    Over,
}

/// An order with its descriptors.
pub(crate) struct Job<'a> {
    pub(crate) seed: &'a Seed<'a>,
    pub(crate) command: Command,
    pub(crate) uid: u32,
    pub(crate) counted: Counted,
    pub(crate) stdio: [OwnedFd; 3],
    pub(crate) work: Work,
    pub(crate) tree: Option<OwnedFd>,
    pub(crate) warm: Option<Additions>,
    at_gate: bool,
    /// Its side of the way to init, for an interpreter that is to wait at a gate.
    pub(crate) gate: Option<OwnedFd>,
}

/// What the launcher finds in the ledger at the end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Status {
    /// The program could not be started.
    Failed(Error),
    /// It ended.
    Ended(Ended),
}

/// How the program ended, as init saw it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ended {
    /// The program's wait status, as of wait(2).
    pub(crate) status: i32,
    pub(crate) wall_time: Duration,
    /// Whether nothing of the program was left when it had ended: no process that init would take along.
    pub(crate) alone: bool,
    /// Processor time of what was reaped; exact only when nothing is left running.
    pub(crate) cpu_time: Duration,
    pub(crate) largest_process: u64,
    pub(crate) disk: Disk,
}

/// How full the file systems of the sandbox were at the end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Disk {
    /// Whether no byte, or no file, could be added to `/work`, `/tmp` or `/dev/shm`.
    pub(crate) bytes_full: bool,
    pub(crate) files_full: bool,
    /// Bytes in use in the fuller one.
    pub(crate) used: u64,
}

/// The namespaces of every sandbox; the program adds a cgroup namespace when it is in its cgroup.
pub(crate) const NAMESPACES: i32 =
    libc::CLONE_NEWPID | libc::CLONE_NEWNS | libc::CLONE_NEWNET | libc::CLONE_NEWIPC | libc::CLONE_NEWUTS;

/// Init's whole life, in the forked process.
pub(crate) fn live(seed: &Seed<'_>) -> ! {
    let end = match prepare(seed).and_then(|()| await_order(seed)).and_then(start) {
        Ok(program) => Status::Ended(reap(program, seed.ledger)),
        Err(error) => Status::Failed(error),
    };
    // When the program itself could not be executed, it has said so already, and that stays.
    seed.ledger.record(&end);
    // The launcher looks into the ledger now.
    let told = rustix::net::shutdown(&seed.orders, rustix::net::Shutdown::Write).is_ok();
    if told && matches!(seed.ledger.recorded(), Some(Status::Ended(_))) {
        // Leaving the namespaces takes the kernel longer than many a program, and the processor from those who tell its client. The launcher
        // hangs up when they have, or when it has to wait for what is left here.
        let _ = rustix::net::recv(&seed.orders, &mut [0_u8; 1], rustix::net::RecvFlags::empty());
    }
    sys::exit(0)
}

/// Builds all of the sandbox that is the same for every program. The root is there already: it is that of whoever forked us.
fn prepare(seed: &Seed<'_>) -> Result<(), Error> {
    // First of all: what the launcher has open for other sandboxes must not stay open here.
    let mut kept = vec![seed.orders.as_fd(), seed.launcher];
    kept.extend(seed.entrances.iter().map(AsFd::as_fd));
    let needed_once = [&kept[..], &[seed.proc]].concat();
    sys::close_all_but(&needed_once).at(Step::CloseDescriptors)?;
    if seed.resident.is_some() {
        seed.ledger.inherit(sys::largest_so_far());
    }
    // For whoever looks at the host's processes.
    rustix::thread::set_name(c"init").at(Step::Fork)?;
    // When the host runs out of memory, programs go first. (A process that is not dumpable may not say so of itself.)
    say_of_myself(seed, "oom_score_adj", "1000").at(Step::OfferMemory)?;
    die_with_the_launcher(seed)?;
    if seed.rootless {
        map_ids(seed, FIRST_ID).at(Step::MapIds)?;
        // A new user namespace begins with every capability in the bounding set; otherwise the launcher's is empty already.
        sys::bar_capabilities().at(Step::Capabilities)?;
    }
    sys::close_all_but(&kept).at(Step::CloseDescriptors)?;
    sys::set_host_name("codecanvas").at(Step::NameHost)?;
    mount_proc(seed)?;
    attach_new(&work_tmpfs(&Limits::default(), owner(seed)), "/work").at(Step::MountWork)?;
    mount_tmp(&tmp_tmpfs(&Limits::default(), owner(seed))).at(Step::MountTmp)?;
    sys::loopback_up().at(Step::LoopbackUp)
}

fn say_of_myself(seed: &Seed<'_>, file: &str, what: &str) -> std::io::Result<()> {
    use rustix::fs::{Mode, OFlags, openat};
    let path = format!("self/{file}");
    let mut file = File::from(openat(seed.proc, path, OFlags::WRONLY | OFlags::CLOEXEC, Mode::empty())?);
    std::io::Write::write_all(&mut file, what.as_bytes())
}

/// Waits until the launcher has a program for this sandbox, or lets go of it.
fn await_order<'a>(seed: &'a Seed<'a>) -> Result<Job<'a>, Error> {
    let Some((order, fds)) = wire::receive::<Order>(seed.orders.as_fd()).at(Step::Fork)? else { sys::exit(0) };
    let mut fds = fds.into_iter();
    let mut next = || fds.next().ok_or_else(|| Error::refused(Step::Fork, "an order without its descriptors"));
    Ok(Job {
        seed,
        stdio: [next()?, next()?, next()?],
        work: order.work,
        tree: (order.work != Work::New).then(&mut next).transpose()?,
        command: order.command,
        uid: order.uid,
        counted: order.counted,
        warm: order.warm,
        at_gate: order.at_gate,
        gate: None,
    })
}

/// Adds what is this program's own, and starts it.
fn start(mut job: Job<'_>) -> Result<Pid, Error> {
    if job.at_gate {
        return gate::start(job);
    }
    furnish(&job)?;
    if let Some(size) = job.command.live.and_then(|live| live.terminal) {
        job.stdio = on_terminal(&job, size).at(Step::OpenTerminal)?;
    }
    let (program, pidfd) = fork_program(&job)?;
    tell_of_program(&job, &pidfd);
    drop(pidfd);
    // The program may run already: it cannot signal pid 1 of its namespace, nor trace one that is not dumpable.
    let (id, orders) = (own_id(&job), job.seed.orders.as_fd());
    drop(job);
    drop_privileges(id, &[orders])?;
    Ok(program)
}

/// Sizes the file systems for this program and puts its files there.
fn furnish(job: &Job<'_>) -> Result<(), Error> {
    fit_work(job)?;
    fit(tmp_tmpfs, "/tmp", &job.command.limits).at(Step::MountTmp)?;
    files::write(&job.command.files, job.uid)
}

/// The id of init itself, once it has given up its privileges.
fn own_id(job: &Job<'_>) -> u32 {
    if job.seed.rootless { job.uid } else { INIT_ID }
}

/// The kernel kills init when the launcher dies (a second line behind the launcher's own care), and nobody traces init.
fn die_with_the_launcher(seed: &Seed<'_>) -> Result<(), Error> {
    set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable).at(Step::Fork)?;
    sys::die_with(seed.launcher).at(Step::Fork)
}

/// Maps the launcher's own id, and no other, into this user namespace (user_namespaces(7)).
fn map_ids(seed: &Seed<'_>, uid: u32) -> std::io::Result<()> {
    // A process that is not dumpable may not write its own maps.
    set_dumpable_behavior(rustix::process::DumpableBehavior::Dumpable)?;
    say_of_myself(seed, "uid_map", &format!("{uid} {uid} 1"))?;
    say_of_myself(seed, "gid_map", &format!("{uid} {uid} 1"))?;
    set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}

/// No host has room for more, and the kernel refuses a number whose kilobytes it cannot count (shmem_parse_one in mm/shmem.c).
const INODES_MOST: u64 = 1 << 40;

/// The file system of a working directory: one inode is its root.
pub(crate) fn work_tmpfs(limits: &Limits, uid: u32) -> Tmpfs {
    Tmpfs { bytes: limits.disk_bytes, inodes: limits.disk_files.min(INODES_MOST) + 1, mode: "755", owner: uid }
}

/// The same with room for what an overlay takes for itself.
fn work_tmpfs_of_overlay(limits: &Limits) -> Tmpfs {
    Tmpfs { inodes: limits.disk_files.min(INODES_MOST) + mount::OVERLAY_INODES, ..work_tmpfs(limits, 0) }
}

/// One file system holds /tmp and /dev/shm, each in a folder of its own: these are two inodes more.
fn tmp_tmpfs(limits: &Limits, owner: u32) -> Tmpfs {
    Tmpfs { inodes: limits.disk_files.min(INODES_MOST) + 3, ..work_tmpfs(limits, owner) }
}

/// Who owns what is made before the program's user is known.
fn owner(seed: &Seed<'_>) -> u32 {
    if seed.rootless { FIRST_ID } else { 0 }
}

fn attach_new(tmpfs: &Tmpfs, path: &str) -> rustix::io::Result<OwnedFd> {
    let tree = tmpfs.make()?;
    mount::attach(tree.as_fd(), Path::new(path))?;
    Ok(tree)
}

/// The working directory that was left, or the one that was made with the others, for this program's user.
fn fit_work(job: &Job<'_>) -> Result<(), Error> {
    let (path, limits) = (Path::new("/work"), &job.command.limits);
    match (job.work, &job.tree) {
        (Work::Left, Some(tree)) => mount::attach(tree.as_fd(), path).at(Step::MountWork),
        (Work::Over, Some(tree)) => {
            work_tmpfs_of_overlay(limits).resize(path).at(Step::MountWork)?;
            mount::join(tree, path, job.uid, job.seed.rootless).at(Step::MountTree)
        }
        _ => {
            fit(work_tmpfs, "/work", limits).at(Step::MountWork)?;
            let (uid, gid) = (rustix::fs::Uid::from_raw(job.uid), rustix::fs::Gid::from_raw(job.uid));
            rustix::fs::chown(path, Some(uid), Some(gid)).at(Step::MountWork)
        }
    }
}

/// Gives what was mounted with the default limits the size that this program may have.
fn fit(tmpfs: fn(&Limits, u32) -> Tmpfs, path: &str, limits: &Limits) -> rustix::io::Result<()> {
    let (made, wanted) = (tmpfs(&Limits::default(), 0), tmpfs(limits, 0));
    if (wanted.bytes, wanted.inodes) == (made.bytes, made.inodes) { Ok(()) } else { wanted.resize(Path::new(path)) }
}

fn mount_tmp(tmpfs: &Tmpfs) -> rustix::io::Result<()> {
    // Attached at /tmp whole, the two folders are made in it, and then each is put in its place.
    let tree = attach_new(tmpfs, "/tmp")?;
    for name in ["tmp", "shm"] {
        rustix::fs::mkdirat(&tree, name, rustix::fs::Mode::from_raw_mode(0o1777))?;
        // mkdir honours the umask, chmod does not.
        rustix::fs::chmodat(&tree, name, rustix::fs::Mode::from_raw_mode(0o1777), rustix::fs::AtFlags::empty())?;
    }
    mount::bind(Path::new("/tmp/shm"), Path::new("/dev/shm"))?;
    mount::bind(Path::new("/tmp/tmp"), Path::new("/tmp"))
}

fn mount_proc(seed: &Seed<'_>) -> Result<(), Error> {
    let path = Path::new("/proc");
    let proc = mount::proc().at(Step::MountProc)?;
    mount::attach(proc.as_fd(), path).at(Step::MountProc)?;
    for (name, is_folder) in seed.proc_masks {
        // Nothing is mounted at /work yet: it is an empty folder of the read-only root.
        let cover = if *is_folder { "/work" } else { "/dev/null" };
        mount::bind(Path::new(cover), &path.join(name)).at_on(Step::MaskProc, name)?;
    }
    Ok(())
}

/// The three streams of a program on a terminal; the client's side of it goes over the first of those that came.
fn on_terminal(job: &Job<'_>, size: WindowSize) -> std::io::Result<[OwnedFd; 3]> {
    let terminal = terminal::open_terminal(&job.stdio[0], size, job.uid)?;
    Ok([terminal.try_clone()?, terminal.try_clone()?, terminal])
}

/// Forks the program, which shares init's memory until its execve: nothing of that is copied for the few calls in between. A program
/// that goes on with the interpreter in memory gets a copy.
fn fork_program(job: &Job<'_>) -> Result<(Pid, OwnedFd), Error> {
    Ok(match (job.seed.resident, &job.warm) {
        (Some(resident), Some(additions)) => match sys::fork_by_library().at(Step::ForkProgram)? {
            sys::Forked::Child => program::go_on(job, resident, additions),
            sys::Forked::Parent(pid, pidfd) => (pid, pidfd),
        },
        (None, Some(_)) => return Err(Error::refused(Step::ForkProgram, "no interpreter is in memory")),
        _ => sys::fork_sharing_memory(&|| program::become_program(job)).at(Step::ForkProgram)?,
    })
}

/// Gives the launcher that by which it signals a live program. A launcher that is gone needs nothing.
fn tell_of_program(job: &Job<'_>, pidfd: &OwnedFd) {
    if job.command.live.is_some() {
        let _ = wire::send(job.seed.orders.as_fd(), &(), &[pidfd.as_fd()]);
    }
}

/// From here on init only waits and records: no privilege, and no descriptor but these.
fn drop_privileges(id: u32, kept: &[BorrowedFd<'_>]) -> Result<(), Error> {
    sys::become_ids(id, id).at(Step::DropInit)?;
    sys::drop_capabilities().at(Step::DropInit)?;
    rustix::thread::set_no_new_privs(true).at(Step::DropInit)?;
    // Changing ids clears the death signal (prctl(2)).
    set_parent_process_death_signal(Some(Signal::KILL)).at(Step::DropInit)?;
    sys::close_all_but(kept).at(Step::DropInit)
}

/// Reaps whatever ends, until the program itself has ended.
fn reap(program: Pid, ledger: &Ledger) -> Ended {
    loop {
        match sys::wait(None) {
            Ok(Some((pid, ended))) if pid == program => {
                let all = sys::usage_of_children();
                let now = monotonic();
                return Ended {
                    status: ended.status,
                    wall_time: now.saturating_sub(ledger.started().unwrap_or(now)),
                    alone: sys::has_no_child(),
                    cpu_time: all.cpu_time,
                    largest_process: all.largest_process,
                    disk: measure_disk(),
                };
            }
            Ok(Some(_)) | Err(rustix::io::Errno::INTR) => {}
            // The program is a child of init's until init reaps it, so this cannot be; ending kills everything.
            Ok(None) | Err(_) => sys::exit(1),
        }
    }
}

fn measure_disk() -> Disk {
    let mut disk = Disk::default();
    for path in ["/work", "/tmp"] {
        if let Ok(stat) = rustix::fs::statfs(path) {
            disk.bytes_full |= stat.f_bfree == 0;
            disk.files_full |= stat.f_ffree == 0;
            disk.used = disk.used.max((stat.f_blocks - stat.f_bfree) * stat.f_bsize as u64);
        }
    }
    disk
}
