//! One program under way: started, watched against its limits, ended, accounted for.

use std::{
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    time::{Duration, Instant},
};

use rustix::{
    fs::{FileType, fstat, fstatfs, major, minor},
    io::Errno,
    process::{Pid, Signal, pidfd_send_signal},
};

use super::{
    leaving::{Leaving, Spent},
    prepared::{KILL_PATIENCE, Prepared, SETUP_PATIENCE},
    process_tree,
    sandbox::Sandbox,
    spares::{Spare, Spares},
    standby::{self, Standbys},
    trees::Trees,
    yard::Model,
};
use crate::{
    Command, LONGEST_RUN,
    cgroup::{Group, layout::Controller},
    error::{At, Error, Step},
    init::{Ended, Order, Status, Work},
    ledger::{Ledger, monotonic},
    message::{KillCause, Reply},
    mount,
    outcome::{Cause, Facts, Measured},
    program::Counted,
    sys,
    warm::Additions,
    wire,
};

/// How often processor time is looked at, at most: the nearer the limit, the sooner the next look.
const SHORTEST_LOOK: Duration = Duration::from_millis(1);
/// The kernel tells that memory has run out a moment before it counts whom it killed for that: how often that is looked for, and for how
/// long, since it may have found memory after all.
const LOOK_FOR_KILLED: Duration = Duration::from_millis(2);
const KILLED_WITHIN: Duration = Duration::from_secs(2);
/// How often it is looked whether what was killed is gone; as a rule the kernel tells.
const LOOK_AFTER_KILL: Duration = Duration::from_millis(100);
/// A magic number of linux/magic.h.
const PIPEFS: i64 = 0x5049_5045;
/// `/dev/null` (admin-guide/devices.txt of the kernel).
const NULL_DEVICE: (u32, u32) = (1, 3);

/// A run from its fork to its report.
pub(super) struct Run {
    pid: Pid,
    pub(super) pidfd: OwnedFd,
    /// Init says nothing more here when it has recorded the end; unless it leaves something behind, it goes when we hang up.
    pub(super) orders: OwnedFd,
    ledger: Ledger,
    pub(super) group: Group,
    pub(super) limits: codecanvas_protocol::Limits,
    /// When its init was told what to run.
    ordered: Instant,
    /// When something is to be checked next.
    pub(super) wake: Instant,
    /// Processor time that was used before there was an order, by an interpreter that was started ahead.
    cpu_before: Duration,
    /// Processor time at the last look, for hosts where no counter outlives the processes.
    seen_cpu_time: Duration,
    /// When the kernel told last that memory had run out, if nobody was killed for that yet.
    out_of_memory: Option<Instant>,
    cause: Option<Cause>,
    /// When it was ended, if it was.
    killed: Instant,
    failure: Option<Error>,
    program: Program,
    /// Whether its program goes on with an interpreter that was in memory, and whether in one that was started ahead.
    warm: bool,
    was_ahead: bool,
    /// Whether its end need not be waited for.
    is_all_over: bool,
    /// Whether its working directory is left for what follows.
    pub(super) keep: bool,
}

/// What the launcher knows of a live program; of others it needs to know nothing.
enum Program {
    /// Its init has not sent its descriptor yet: the signals that it is to get.
    Awaited(Vec<i32>),
    Met(OwnedFd),
}

/// Signals kept for a program that is not there yet; nobody sends more in good faith.
const SIGNALS_MAX: usize = 16;

/// Whether a run goes on.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Progress {
    GoesOn,
    Over,
    /// It was killed and does not die.
    Undying,
}

/// What there is ahead of need.
pub(super) struct Ahead<'a> {
    pub(super) spares: &'a mut Spares,
    pub(super) standbys: &'a mut Standbys,
    pub(super) trees: &'a mut Trees,
}

impl Run {
    /// Starts a program in a sandbox that waits for one, or in a new one.
    pub(super) fn start(
        prepared: &mut Prepared,
        Ahead { spares, standbys, trees }: Ahead<'_>,
        sandbox: &mut Sandbox,
        place: usize,
        command: Command,
        fds: Vec<OwnedFd>,
    ) -> Result<Run, Error> {
        // Counted even when it fails below: the client counts the same.
        sandbox.runs += 1;
        sandbox.has_succeeded = false;
        check(&command)?;
        let root = prepared.root.for_mounts(&command.mounts, prepared.owner())?;
        let (model, warm) = match prepared.warm_for(&command) {
            Some((index, additions)) => (Model { root, warm: Some(index) }, Some(additions)),
            None => (Model::cold(root), None),
        };
        let can_be_forked = model.warm.is_none_or(|index| prepared.warm[index].interpreter.can_be_forked());
        let standby = match &warm {
            Some(additions) if !can_be_forked => standbys.take(prepared, &model, additions, sandbox, &command),
            _ => None,
        };
        let place = sandbox.place.unwrap_or(place);
        let uid = prepared.uid(place);
        let terminal = command.live.is_some_and(|live| live.terminal.is_some());
        let connected = check_stdio(fds, terminal, uid).at(Step::Stdio);
        let connected = connected.and_then(|stdio| Ok((stdio, work_for(prepared, trees, sandbox, place, &command)?)));
        let (stdio, work) = match connected {
            Ok(connected) => connected,
            Err(error) => {
                standbys.leaving.extend(standby.map(|spare| standby::dismiss(spare, None)));
                return Err(error);
            }
        };
        let keep = command.keep_workspace;
        let limits = command.limits;
        let is_ahead = standby.is_some();
        let (spare, warm) = match standby {
            Some(spare) => (spare, None),
            None => {
                let spare = spares.take(prepared, if can_be_forked { model } else { Model::cold(model.root) })?;
                let warm = spare.model.warm.and(warm);
                (spare, warm)
            }
        };
        let is_warm = is_ahead || warm.is_some();
        let cpu_before = if is_ahead { cpu_time(prepared, &spare.group, spare.pid) } else { Duration::ZERO };
        if let Err(error) = give_order(prepared, &spare, command, uid, &stdio, &work, warm) {
            return Err(match is_ahead {
                // It may work in another.
                true => {
                    standbys.leaving.push(standby::dismiss(spare, None));
                    Error { step: Step::PassGate, ..error }
                }
                false => {
                    spares.leaving.push(spare.discard(prepared));
                    error
                }
            });
        }
        let Spare { pid, pidfd, orders, ledger, group, .. } = spare;
        let ordered = Instant::now();
        // No limit can be met sooner, whenever the program starts.
        let wake = ordered + limits.wall_time.min(limits.cpu_time / cores());
        Ok(Run {
            pid,
            pidfd,
            orders,
            ledger,
            group,
            limits,
            ordered,
            wake,
            cpu_before,
            seen_cpu_time: Duration::ZERO,
            killed: ordered,
            out_of_memory: None,
            cause: None,
            failure: None,
            program: Program::Awaited(Vec::new()),
            warm: is_warm,
            was_ahead: is_ahead,
            is_all_over: false,
            keep,
        })
    }

    /// Init has sent the descriptor of its program.
    pub(super) fn meet_program(&mut self, pidfd: Option<OwnedFd>) {
        let Some(pidfd) = pidfd else { return };
        if let Program::Awaited(signals) = std::mem::replace(&mut self.program, Program::Met(pidfd)) {
            signals.into_iter().for_each(|signal| self.signal(signal));
        }
    }

    /// Signals the program and those of its children that are still in its process group.
    pub(super) fn signal(&mut self, signal: i32) {
        match &mut self.program {
            Program::Awaited(signals) if signals.len() < SIGNALS_MAX => signals.push(signal),
            Program::Awaited(_) => {}
            // It may have ended, or the number may be none of the kernel's. Or it goes on with an interpreter in memory and leads no group
            // yet: then there is nobody else to signal.
            Program::Met(pidfd) => {
                if sys::signal_group(pidfd.as_fd(), signal) == Err(Errno::SRCH) {
                    let _ = sys::signal_process(pidfd.as_fd(), signal);
                }
            }
        }
    }

    /// Ends it because the client says so.
    pub(super) fn kill(&mut self, cause: KillCause) {
        self.end(match cause {
            KillCause::Cancelled => Cause::Cancelled,
            KillCause::Output { written } => Cause::Output { written },
        });
    }

    /// Ends it because nobody waits for it any more.
    pub(super) fn cancel(&mut self) {
        self.end(Cause::Cancelled);
    }

    /// Ends it because of a failure of ours.
    pub(super) fn fail(&mut self, error: Error) {
        self.failure.get_or_insert(error);
        self.cancel();
    }

    /// The first cause counts. Killing init kills its whole pid namespace (pid_namespaces(7)): no fork can outrun that.
    fn end(&mut self, cause: Cause) {
        if self.cause.is_none() {
            self.cause = Some(cause);
            self.killed = Instant::now();
            self.wake = self.killed + LOOK_AFTER_KILL;
        }
        let _ = pidfd_send_signal(&self.pidfd, Signal::KILL);
    }

    /// Takes notice of what happened.
    pub(super) fn progress(&mut self, prepared: &Prepared) -> Progress {
        if let Some(notice) = &self.group.out_of_memory {
            // Read, so that it does not wake us again for the same.
            if rustix::io::read(notice, &mut [0; 8]).is_ok() {
                self.out_of_memory = Some(Instant::now());
                self.look_for_killed(prepared);
            }
        }
        if sys::is_readable(self.pidfd.as_fd()).unwrap_or(true) { Progress::Over } else { Progress::GoesOn }
    }

    /// Ends the run if somebody was killed for want of memory, else looks again soon.
    fn look_for_killed(&mut self, prepared: &Prepared) {
        let Some(told) = self.out_of_memory else { return };
        if prepared.cgroups.memory_kills(&self.group) > 0 {
            self.end(Cause::Memory);
        }
        if self.cause.is_some() || told.elapsed() > KILLED_WITHIN {
            self.out_of_memory = None;
        } else {
            self.wake = self.wake.min(Instant::now() + LOOK_FOR_KILLED);
        }
    }

    /// Ends the run when a time limit is reached, else decides when to look again.
    pub(super) fn check_deadlines(&mut self, now: Instant, prepared: &Prepared) -> Progress {
        if self.cause.is_some() {
            self.wake = now + LOOK_AFTER_KILL;
            return match self.has_died_within(Duration::ZERO) {
                true => Progress::Over,
                // If it is not gone by then, the kernel holds on to it.
                false if now >= self.killed + KILL_PATIENCE => Progress::Undying,
                false => Progress::GoesOn,
            };
        }
        let Some(started) = self.ledger.started() else {
            self.await_start(now);
            self.look_for_killed(prepared);
            return Progress::GoesOn;
        };
        let deadline = started + self.limits.wall_time;
        let on_the_clock = monotonic();
        let used = self.cpu_time(prepared);
        self.seen_cpu_time = used;
        if on_the_clock >= deadline {
            self.end(Cause::WallTime);
        } else if used >= self.limits.cpu_time {
            self.end(Cause::CpuTime);
        } else {
            // At full speed on every core the limit cannot be met sooner than this.
            let left = self.limits.cpu_time.saturating_sub(used) / cores();
            self.wake = now + deadline.saturating_sub(on_the_clock).min(left.max(SHORTEST_LOOK));
            self.look_for_killed(prepared);
        }
        Progress::GoesOn
    }

    /// Whether init has recorded that the program ended, and nothing is left that could still do anything: then only the kernel has
    /// still to let go of it.
    pub(super) fn is_all_over(&mut self, prepared: &Prepared) -> bool {
        // An interpreter that was started ahead parts from its memory at its end (`crates/gate`): what has it is killed here.
        self.is_all_over = match self.ledger.recorded() {
            Some(Status::Ended(Ended { alone: true, .. })) => true,
            Some(Status::Ended(_)) => self.was_ahead && self.cause.is_none() && prepared.cgroups.kill_last(&self.group),
            _ => false,
        };
        self.is_all_over
    }

    fn await_start(&mut self, now: Instant) {
        self.wake = now + Duration::from_millis(10);
        if now >= self.ordered + SETUP_PATIENCE {
            self.fail(Error { step: Step::Watch, errno: libc::ETIMEDOUT, detail: "the sandbox was not ready in time".into() });
        }
    }

    /// What the client of a run that does not die is told, and what is left of it.
    pub(super) fn undying(self) -> (Error, Leaving) {
        let detail = "it was killed but is not gone; the kernel holds on to it".to_owned();
        let error = self.failure.unwrap_or(Error { step: Step::Watch, errno: libc::ETIMEDOUT, detail });
        (error, Leaving { group: Some(self.group), ..Leaving::new(self.pid, self.pidfd) })
    }

    /// Waits until init has ended, for so long.
    pub(super) fn has_died_within(&self, patience: Duration) -> bool {
        sys::is_readable_within(self.pidfd.as_fd(), patience).unwrap_or(false)
    }

    fn cpu_time(&self, prepared: &Prepared) -> Duration {
        cpu_time(prepared, &self.group, self.pid).saturating_sub(self.cpu_before)
    }

    /// Waits for init, unless only that is left, and reads the counters; the group is left to be removed, and init to be let go.
    pub(super) fn finish(mut self, prepared: &Prepared) -> (Reply, Spent) {
        let init = if self.is_all_over { None } else { sys::wait(Some(self.pid)).ok().flatten().map(|(_, ended)| ended) };
        let cgroups = &prepared.cgroups;
        let memory_kills = cgroups.memory_kills(&self.group);
        let is_for_memory = matches!(self.cause, None | Some(Cause::Memory)) && memory_kills > 0;
        if is_for_memory && !cgroups.met_memory_limit(&self.group, self.limits.memory_bytes) {
            self.failure.get_or_insert_with(Error::host_out_of_memory);
        }
        let (failure, ended) = match self.ledger.recorded() {
            Some(Status::Failed(error)) => (self.failure.take().or(Some(error)), None),
            Some(Status::Ended(ended)) => (self.failure.take(), Some(ended)),
            None => (self.failure.take(), None),
        };
        // An interpreter that was started ahead, and ended by itself without that child, was refused it: that is none of the program's.
        let refused_at_end = |ended: &Ended| self.was_ahead && ended.alone && libc::WIFEXITED(ended.status);
        let not_its_own = u64::from(ended.as_ref().is_some_and(refused_at_end));
        let measured = Measured {
            cpu_time: cgroups
                .cpu_time(&self.group)
                .or(ended.as_ref().map(|ended| ended.cpu_time))
                .map_or(self.seen_cpu_time, |all| all.saturating_sub(self.cpu_before).max(self.seen_cpu_time)),
            wall_time: ended
                .as_ref()
                .map(|ended| ended.wall_time)
                .or_else(|| Some(monotonic().saturating_sub(self.ledger.started()?)))
                .unwrap_or_default(),
            memory_peak: cgroups.memory_peak(&self.group).unwrap_or_else(|| {
                let largest =
                    ended.as_ref().map_or(0, |e| e.largest_process).max(init.as_ref().map_or(0, |i| i.largest_process));
                largest.saturating_sub(self.ledger.inherited())
            }),
            memory_kills,
            forks_refused: cgroups.forks_refused(&self.group).saturating_sub(not_its_own),
            memory_mechanism: cgroups.mechanism(Controller::Memory).unwrap_or("RLIMIT_DATA").to_owned(),
            cpu_mechanism: cgroups.mechanism(Controller::Cpu).unwrap_or("timer on /proc").to_owned(),
            pids_mechanism: cgroups.mechanism(Controller::Pids).unwrap_or("RLIMIT_NPROC").to_owned(),
        };
        let reply = match failure {
            Some(failure) => Reply::Failed(failure),
            None => Reply::Finished(Box::new(Facts { cause: self.cause, ended, measured, warm: self.warm })),
        };
        let leaving = Leaving { orders: Some(self.orders), ..Leaving::new(self.pid, self.pidfd) };
        (reply, Spent { group: self.group, leaving: self.is_all_over.then_some(leaving) })
    }
}

/// The working directory that a program finds.
fn work_for(
    prepared: &Prepared,
    trees: &mut Trees,
    sandbox: &mut Sandbox,
    place: usize,
    command: &Command,
) -> Result<(Work, Option<OwnedFd>), Error> {
    let uid = prepared.uid(place);
    if let Some(key) = command.base {
        if sandbox.has_work() {
            return Err(Error::refused(Step::CheckCommand, "this sandbox has a working directory already"));
        }
        return Ok((Work::Over, Some(trees.layer(key, uid, prepared.myself.as_fd())?)));
    }
    match sandbox.work(place, command.keep_workspace, &command.limits, uid)? {
        Some(path) => Ok((Work::Left, Some(mount::copy(&path).at(Step::MakeWorkspace)?))),
        None => Ok((Work::New, None)),
    }
}

fn cpu_time(prepared: &Prepared, group: &Group, pid: Pid) -> Duration {
    prepared.cgroups.cpu_time(group).unwrap_or_else(|| process_tree::cpu_time(pid))
}

/// What the host's cgroups count.
pub(super) fn counted(prepared: &Prepared) -> Counted {
    let counts = |controller| prepared.cgroups.mechanism(controller).is_some();
    Counted { pids: counts(Controller::Pids), memory: counts(Controller::Memory) }
}

fn give_order(
    prepared: &Prepared,
    spare: &Spare,
    command: Command,
    uid: u32,
    stdio: &[OwnedFd; 3],
    (work, tree): &(Work, Option<OwnedFd>),
    warm: Option<Additions>,
) -> Result<(), Error> {
    prepared.cgroups.limit(&spare.group, &command.limits).at(Step::MakeCgroup)?;
    let order = Order { command, uid, counted: counted(prepared), work: *work, warm, at_gate: false };
    let mut fds: Vec<BorrowedFd<'_>> = stdio.iter().map(AsFd::as_fd).collect();
    fds.extend(tree.as_ref().map(AsFd::as_fd));
    spare.order(&order, &fds)
}

/// What a client may ask for, whatever it has checked itself.
pub(crate) fn check(command: &Command) -> Result<(), Error> {
    let refuse = |what: &str| Err(Error::refused(Step::CheckCommand, what));
    if command.argv.is_empty() || command.argv[0].is_empty() {
        return refuse("no program is named");
    }
    let plain =
        |path: &str| !path.is_empty() && path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.contains('\0');
    if let Some(file) = command.files.iter().find(|file| !plain(&file.path)) {
        return refuse(&format!("{:?} is not a plain relative path", file.path));
    }
    let words = command.argv.iter().chain(command.env.iter().flat_map(|(name, value)| [name, value]));
    if words.into_iter().any(|word| word.contains('\0')) {
        return refuse("a NUL in an argument or a variable");
    }
    if let Some((name, _)) = command.env.iter().find(|(name, _)| name.is_empty() || name.contains('=')) {
        return refuse(&format!("{name:?} is no name of a variable"));
    }
    if command.base.is_some() && command.keep_workspace {
        return refuse("a working directory that has a base cannot be left to another program");
    }
    let limits = &command.limits;
    if limits.wall_time.is_zero() || limits.cpu_time.is_zero() || limits.processes == 0 || limits.disk_bytes == 0 {
        return refuse("a limit of time, processes or disk is zero");
    }
    if limits.wall_time > LONGEST_RUN || limits.cpu_time > LONGEST_RUN {
        return refuse("a time limit is longer than 30 days");
    }
    Ok(())
}

/// Standard input, output and error as the client sent them: pipes without a name, sealed memory files, `/dev/null`, and for a
/// program on a terminal the socket over which the client gets its side. Through anything else, a folder above all, a program would
/// reach out of its sandbox. Pipes are given to the program's user, so that it can open `/dev/stdout` by name.
fn check_stdio(fds: Vec<OwnedFd>, terminal: bool, uid: u32) -> std::io::Result<[OwnedFd; 3]> {
    let refuse = |what: &str| Err(std::io::Error::other(what.to_owned()));
    let Ok(stdio) = <[OwnedFd; 3]>::try_from(fds) else { return refuse("three descriptors are needed") };
    for (index, fd) in stdio.iter().enumerate() {
        let stat = fstat(fd)?;
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::Fifo if fstatfs(fd)?.f_type == PIPEFS => {
                rustix::fs::fchown(fd, Some(rustix::fs::Uid::from_raw(uid)), Some(rustix::fs::Gid::from_raw(uid)))?;
            }
            FileType::CharacterDevice if (major(stat.st_rdev), minor(stat.st_rdev)) == NULL_DEVICE => {}
            FileType::RegularFile if wire::is_sealed_file(fd.as_fd()) => {}
            FileType::Socket if terminal && index == 0 && wire::is_message_socket(fd.as_fd()) => {}
            _ => return refuse("neither a pipe, nor /dev/null, nor a sealed memory file"),
        }
    }
    Ok(stdio)
}

fn cores() -> u32 {
    static CORES: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    *CORES.get_or_init(|| std::thread::available_parallelism().map_or(1, |n| n.get() as u32))
}
