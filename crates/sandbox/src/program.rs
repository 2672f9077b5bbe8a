//! The straight line from a forked process to the program: each step takes something away, the last one is execve.

use std::{ffi::CString, io::Write, os::fd::OwnedFd};

use codecanvas_protocol::Limits;
use rustix::{
    io::Errno,
    process::{DumpableBehavior, set_dumpable_behavior, set_parent_process_death_signal},
};
use serde::{Deserialize, Serialize};

use crate::{
    Command,
    error::{At, Error, Step},
    init::{Job, Status},
    launcher::Resident,
    seccomp, sys,
    sys::words::Words,
    warm::Additions,
};

/// What the host's cgroups count of a run; what they do not, resource limits must carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counted {
    /// Its processes; else the limit per user id must do.
    pub(crate) pids: bool,
    /// Its memory; else a limit per process must do.
    pub(crate) memory: bool,
}

/// Becomes the program, or records why not and gives the exit code for that.
pub(crate) fn become_program(job: &Job<'_>) -> i32 {
    if let Err(error) = walk(job).and_then(|()| execute(job)) {
        job.seed.ledger.record(&Status::Failed(error));
    }
    127
}

/// Goes on as the program of the interpreter in memory. What init and the launcher share with this process is let go of first, for
/// the program's eyes and hands reach all of it.
pub(crate) fn go_on(job: &Job<'_>, resident: &Resident, additions: &Additions) -> ! {
    if let Err(error) = walk_on(job, resident) {
        job.seed.ledger.record(&Status::Failed(error));
        sys::exit(127);
    }
    job.seed.ledger.start();
    job.seed.ledger.let_go();
    seccomp::forget_key();
    sys::leave(resident.interpreter.run(&additions.file, &additions.arguments, &additions.variables))
}

/// What execve would do beside executing.
fn walk_on(job: &Job<'_>, resident: &Resident) -> Result<(), Error> {
    walk(job)?;
    // A change of ids takes it away, and execve gives it back: a program may look at itself in /proc.
    set_dumpable_behavior(DumpableBehavior::Dumpable).at(Step::KeepUp)?;
    set_parent_process_death_signal(None).at(Step::KeepUp)?;
    let name = job.command.argv.first().map_or("", |path| path.rsplit('/').next().unwrap_or_default());
    let name =
        CString::new(name.get(..15).unwrap_or(name)).map_err(|_| Error::refused(Step::KeepUp, "a NUL in an argument"))?;
    rustix::thread::set_name(&name).at(Step::KeepUp)?;
    if let Some(layout) = &resident.layout {
        // On a kernel that cannot do this, /proc shows the template's words.
        let _ = layout.tell(&words(&job.command)?);
    }
    sys::size_stacks_of_threads(job.command.limits.stack_bytes);
    sys::close_all_but(&[]).at(Step::CloseDescriptors)
}

/// The steps, in an order in which each is still permitted and nothing later undoes it. The system call filter is there from the
/// launcher on (see `seccomp`): from execve on nobody has its key.
fn walk(job: &Job<'_>) -> Result<(), Error> {
    join_cgroups(job).at(Step::JoinCgroup)?;
    // Only now, so that the program sees its own group as the root of all groups (cgroup_namespaces(7)).
    sys::unshare(libc::CLONE_NEWCGROUP).at(Step::CgroupNamespace)?;
    rustix::process::setsid().at(Step::Session)?;
    connect_stdio(job).at(Step::Stdio)?;
    if job.command.live.is_some_and(|live| live.terminal.is_some()) {
        rustix::process::ioctl_tiocsctty(rustix::stdio::stdin()).at(Step::Terminal)?;
    }
    set_rlimits(job).at(Step::Rlimits)?;
    sys::become_ids(job.uid, job.uid).at(Step::Ids)?;
    sys::drop_capabilities().at(Step::Capabilities)?;
    rustix::thread::set_no_new_privs(true).at(Step::NoNewPrivileges)?;
    rustix::process::chdir("/work").at(Step::WorkingDirectory)?;
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o022));
    Ok(())
}

fn execute(job: &Job<'_>) -> Result<(), Error> {
    sys::default_pipe_signal().at(Step::Signals)?;
    sys::close_on_exec_from(3).at(Step::CloseDescriptors)?;
    let program = Executable::new(job)?;
    match &job.gate {
        Some(gate) => keep_gate(gate).at(Step::CloseDescriptors)?,
        None => job.seed.ledger.start(),
    }
    Err(program.execute())
}

/// An interpreter that is started ahead has one descriptor beside its streams, of which it lets go before it runs a program.
fn keep_gate(gate: &OwnedFd) -> Result<(), Errno> {
    // One that has this number already would still be closed.
    let other = rustix::io::fcntl_dupfd_cloexec(gate, GATE_NUMBER + 1)?;
    sys::duplicate_as(&other, GATE_NUMBER)
}

/// Where it finds that (`crates/gate`, `gate.js`): beyond those that it opens itself, which are then the same as ever.
const GATE_NUMBER: i32 = 60;

/// So many open files it has to be permitted.
pub(crate) const GATE_FILES: u64 = 64;

fn join_cgroups(job: &Job<'_>) -> std::io::Result<()> {
    job.seed.entrances.iter().try_for_each(|mut entrance| entrance.write_all(b"0"))
}

fn connect_stdio(job: &Job<'_>) -> Result<(), Errno> {
    let [stdin, stdout, stderr] = &job.stdio;
    rustix::stdio::dup2_stdin(stdin)?;
    rustix::stdio::dup2_stdout(stdout)?;
    rustix::stdio::dup2_stderr(stderr)
}

fn set_rlimits(job: &Job<'_>) -> Result<(), Errno> {
    // What is the template's does not count.
    let inherited = if job.warm.is_some() { job.seed.ledger.inherited() } else { 0 };
    for (resource, value) in rlimits(&job.command.limits, job.counted, job.seed.rootless) {
        let value = if resource == libc::RLIMIT_DATA { value.saturating_add(inherited) } else { value };
        // Without CAP_SYS_RESOURCE a hard limit can only be lowered.
        let value = value.min(sys::hard_rlimit(resource));
        sys::set_rlimit(resource, value, value)?;
    }
    Ok(())
}

/// The resource limits of a program.
pub(crate) fn rlimits(limits: &Limits, counted: Counted, rootless: bool) -> Vec<(libc::__rlimit_resource_t, u64)> {
    // The timers of the launcher stop a program on time; this one is for the case that they cannot.
    let cpu_seconds = limits.cpu_time.as_secs() + 2;
    // With a counting cgroup that one's limit must be met first, since only it tells that it was.
    let beyond = if counted.pids { 64 } else { 0 };
    // In a user namespace init has the program's user id, and counts.
    let processes = limits.processes.saturating_add(beyond + u64::from(rootless));
    let mut all = vec![
        (libc::RLIMIT_CORE, 0),
        (libc::RLIMIT_CPU, cpu_seconds),
        (libc::RLIMIT_FSIZE, limits.file_size_bytes),
        (libc::RLIMIT_NOFILE, limits.open_files),
        (libc::RLIMIT_STACK, limits.stack_bytes),
        (libc::RLIMIT_NPROC, processes),
        (libc::RLIMIT_MEMLOCK, 64 << 10),
        (libc::RLIMIT_MSGQUEUE, 0),
        (libc::RLIMIT_SIGPENDING, 1024),
        (libc::RLIMIT_NICE, 0),
        (libc::RLIMIT_RTPRIO, 0),
    ];
    if !counted.memory {
        // Not the address space: runtimes reserve far more of that than they use.
        all.push((libc::RLIMIT_DATA, limits.memory_bytes));
    }
    all
}

/// The program with all its strings ready.
struct Executable {
    candidates: Vec<CString>,
    words: Words,
}

/// The command's line and environment.
pub(crate) fn words(command: &Command) -> Result<Words, Error> {
    Words::new(&command.argv, &command.env).map_err(|_| has_nul())
}

fn has_nul() -> Error {
    Error::refused(Step::CheckCommand, "a NUL in an argument")
}

impl Executable {
    fn new(job: &Job<'_>) -> Result<Executable, Error> {
        let text = |text: String| CString::new(text).map_err(|_| has_nul());
        let command = &job.command;
        let name = command.argv.first().ok_or_else(|| Error::refused(Step::CheckCommand, "no program is named"))?;
        let path = command.env.iter().find(|(name, _)| name == "PATH").map_or("/usr/bin:/bin", |(_, value)| value);
        let candidates = if name.contains('/') {
            vec![text(name.clone())?]
        } else {
            path.split(':').map(|folder| text(format!("{folder}/{name}"))).collect::<Result<_, _>>()?
        };
        Ok(Executable { candidates, words: words(command)? })
    }

    /// Executes the first candidate that exists; an error other than "not there" ends the search, as execvp(3) has it.
    fn execute(&self) -> Error {
        let mut last = Errno::NOENT;
        let Words { argv, env } = &self.words;
        for path in &self.candidates {
            last = sys::execute(path, argv, env);
            if !matches!(last, Errno::NOENT | Errno::NOTDIR) {
                break;
            }
        }
        let errno = if last == Errno::NOTDIR { Errno::NOENT } else { last };
        let named = argv.first().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Error::of(Step::Execute, errno.into(), named)
    }
}
