//! The launcher's event loop: sockets, ends of sandboxes and deadlines, one at a time.

use std::{
    collections::VecDeque,
    io,
    mem::MaybeUninit,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    time::{Duration, Instant},
};

use rustix::{
    event::{
        Timespec,
        epoll::{self, CreateFlags, Event, EventData, EventFlags},
    },
    fs::fstat,
    io::Errno,
};

use super::{
    leaving::{AFTER_END, Leaving, Spent},
    prepared::{KILL_PATIENCE, Prepared},
    run::{Ahead, Progress, Run},
    sandbox::Sandbox,
    spares::Spares,
    standby::Standbys,
    trees::Trees,
    yard::Model,
};
use crate::{
    Command, TreeKey,
    child::Kept,
    error::{At, Error, Step},
    message::{Reply, Request},
    wire,
};

/// What a descriptor in the epoll set belongs to: a sandbox's index above, the kind below.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Control,
    Socket(usize),
    Exit(usize),
    OutOfMemory(usize),
    /// Init of a run sends its program's descriptor, or says that it is done.
    Done(usize),
    /// An init whose run is over has ended.
    Left(usize),
}

impl Source {
    fn data(self) -> EventData {
        let (kind, index) = match self {
            Source::Control => (0, 0),
            Source::Socket(index) => (1, index),
            Source::Exit(index) => (2, index),
            Source::OutOfMemory(index) => (3, index),
            Source::Done(index) => (4, index),
            Source::Left(index) => (5, index),
        };
        EventData::new_u64((index as u64) << 3 | kind)
    }

    fn of(data: EventData) -> Source {
        let index = (data.u64() >> 3) as usize;
        match data.u64() & 7 {
            0 => Source::Control,
            1 => Source::Socket(index),
            2 => Source::Exit(index),
            3 => Source::OutOfMemory(index),
            4 => Source::Done(index),
            _ => Source::Left(index),
        }
    }
}

/// The launcher's state.
pub(super) struct Events {
    epoll: OwnedFd,
    control: OwnedFd,
    /// Which file the client's side of it is.
    client: (u64, u64),
    prepared: Prepared,
    /// Open sandboxes; most wait for their first program and hold no place yet.
    sandboxes: Vec<Option<Sandbox>>,
    free_places: Vec<usize>,
    spares: Spares,
    /// Working directories that are kept for later sandboxes.
    trees: Trees,
    standbys: Standbys,
    /// Inits whose runs are over, on their way out.
    leaving: Vec<Option<Leaving>>,
    /// What runs that are over have left, and when it is seen to.
    spent: VecDeque<(Instant, Spent)>,
    /// When groups that were busy are to be removed.
    try_again: Option<Instant>,
    /// A descriptor to let go of when there is no other: whoever comes then can be told.
    reserve: Option<OwnedFd>,
}

/// How long events come before what nobody waits for.
const PUT_OFF: Duration = Duration::from_millis(2);

/// How long a group that could not be removed is left alone.
const TRY_AGAIN: Duration = Duration::from_millis(50);

/// How many inits may be on their way out before the next run's end is told only when its init has ended too.
const LEAVING_MAX: usize = 64;

/// How many sandboxes may be open for each that may run: a client that opens more is not one of ours.
const OPEN_PER_PLACE: usize = 16;

impl Events {
    pub(super) fn new(
        control: OwnedFd,
        client: (u64, u64),
        mut prepared: Prepared,
        (spares, tree_bytes): (u32, u64),
    ) -> Result<Events, Error> {
        let owner = prepared.owner();
        let free_places = (0..prepared.slots).rev().collect();
        let standbys = Standbys::new((prepared.slots..prepared.places.numbers.len()).collect(), prepared.standbys);
        let mut spares = Spares::new((spares as usize).min(prepared.slots));
        let all = prepared.warm.iter().enumerate();
        for (index, warm) in all.filter(|(_, warm)| warm.interpreter.can_be_forked()) {
            let root = prepared.root.for_mounts(&warm.mounts, owner)?;
            spares.want(Model { root, warm: Some(index) });
        }
        let trees = Trees::new(tree_bytes, &prepared);
        let epoll = epoll::create(CreateFlags::CLOEXEC).at(Step::StartLauncher)?;
        let events = Events {
            epoll,
            control,
            client,
            prepared,
            sandboxes: Vec::new(),
            free_places,
            spares,
            trees,
            standbys,
            leaving: Vec::new(),
            spent: VecDeque::new(),
            try_again: None,
            reserve: None,
        };
        events.watch(events.control.as_fd(), Source::Control).at(Step::StartLauncher)?;
        Ok(events)
    }

    /// Serves until the client hangs up; every sandbox is gone when this returns.
    pub(super) fn run(mut self) -> Result<(), Error> {
        let mut space = [MaybeUninit::<Event>::uninit(); 64];
        loop {
            let timeout = self.until_next_deadline();
            let ready = match epoll::wait(&self.epoll, &mut space, timeout.as_ref()) {
                Ok((ready, _)) => ready,
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error).at(Step::Watch),
            };
            let is_idle = ready.is_empty();
            for event in ready {
                match Source::of(event.data) {
                    Source::Control => {
                        if !self.accept()? {
                            return self.end();
                        }
                    }
                    Source::Socket(index) => self.request(index),
                    Source::Exit(index) | Source::OutOfMemory(index) => self.progress(index),
                    Source::Done(index) => self.done(index),
                    Source::Left(index) => self.left(index),
                }
            }
            self.meet_deadlines();
            self.keep_house(is_idle);
            self.try_again = self.prepared.remove_busy_groups().then(|| Instant::now() + TRY_AGAIN);
            let leaving: Vec<Leaving> = self.spares.leaving.drain(..).chain(self.standbys.leaving.drain(..)).collect();
            leaving.into_iter().for_each(|leaving| self.see_off(leaving));
        }
    }

    /// Does one thing of what nobody waits for, when nothing else is to be done or it has waited for long.
    fn keep_house(&mut self, is_idle: bool) {
        let now = Instant::now();
        let is_due = |due: Option<Instant>| due.is_some_and(|due| if is_idle { due <= now } else { due + PUT_OFF <= now });
        if is_due(self.spent.front().map(|(since, _)| *since)) {
            self.spent.pop_front().into_iter().for_each(|(_, spent)| self.clear_away(spent));
        } else if is_due(self.spares.due()) {
            self.spares.refill(&self.prepared);
        } else if is_due(self.standbys.due()) {
            self.standbys.refill(&self.prepared, &mut self.spares);
        }
    }

    fn watch(&self, fd: BorrowedFd<'_>, source: Source) -> rustix::io::Result<()> {
        epoll::add(&self.epoll, fd, source.data(), EventFlags::IN)
    }

    /// A new sandbox's socket, or the client's hang-up (`false`).
    fn accept(&mut self) -> Result<bool, Error> {
        drop(self.reserve.take());
        match wire::receive_now::<()>(self.control.as_fd()) {
            Ok(Some(((), fds))) => {
                self.reserve = self.control.try_clone().ok();
                for socket in fds {
                    self.open(socket);
                }
                self.reserve = self.reserve.take().or_else(|| self.control.try_clone().ok());
                Ok(true)
            }
            Ok(None) => Ok(false),
            // Not a message of ours, or no room for its descriptors: that one is lost, not all sandboxes.
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::InvalidData) => Ok(true),
            Err(error) if wire::is_short(&error) => Ok(true),
            Err(error) => Err(error).at(Step::TalkToLauncher),
        }
    }

    fn open(&mut self, socket: OwnedFd) {
        // Without its other side in our hands we see when the client is gone.
        let is_own = fstat(&socket).map_or(true, |stat| (stat.st_dev, stat.st_ino) == self.client);
        if is_own || !wire::is_message_socket(socket.as_fd()) {
            return;
        }
        match self.index_for(&socket) {
            Ok(index) => self.sandboxes[index] = Some(Sandbox::new(socket)),
            // It is closed with this.
            Err(error) => drop(wire::send_now(socket.as_fd(), &Reply::Failed(error), &[])),
        }
    }

    /// A free index for a new sandbox, whose socket is watched from here on.
    fn index_for(&mut self, socket: &OwnedFd) -> Result<usize, Error> {
        if self.reserve.is_none() {
            return Err(Errno::MFILE).at(Step::TalkToLauncher);
        }
        let index = match self.sandboxes.iter().position(Option::is_none) {
            Some(index) => index,
            None if self.sandboxes.len() < OPEN_PER_PLACE * self.prepared.slots => {
                self.sandboxes.push(None);
                self.sandboxes.len() - 1
            }
            None => return Err(Error::refused(Step::TalkToLauncher, "too many sandboxes are open")),
        };
        self.watch(socket.as_fd(), Source::Socket(index)).at(Step::TalkToLauncher)?;
        Ok(index)
    }

    /// A request on a sandbox's own socket; anything that is not one destroys the sandbox.
    fn request(&mut self, index: usize) {
        let Some(sandbox) = &mut self.sandboxes[index] else { return };
        match wire::receive_now::<Request>(sandbox.socket.as_fd()) {
            Ok(Some((Request::Run(command), fds))) if sandbox.run.is_none() => {
                if let Err(error) = self.start(index, *command, fds) {
                    self.reply(index, &Reply::Failed(error));
                }
            }
            Ok(Some((Request::Keep { key }, _))) if sandbox.run.is_none() => self.keep(index, key),
            Ok(Some((Request::Forget { key }, _))) => self.trees.forget(key),
            Ok(Some((Request::Kill { run, cause }, _))) => sandbox.kill(run, cause),
            Ok(Some((Request::Signal { run, signal }, _))) => sandbox.signal(run, signal),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            // Only orders have descriptors, for which there was no room, or are large.
            Err(error) if wire::is_short(&error) && sandbox.run.is_none() => {
                // The client counts it.
                sandbox.runs += 1;
                self.reply(index, &Reply::Failed(Error::of(Step::TalkToLauncher, error, "")));
            }
            Ok(_) | Err(_) => self.close(index),
        }
    }

    fn start(&mut self, index: usize, command: Command, fds: Vec<OwnedFd>) -> Result<(), Error> {
        let sandbox = self.sandboxes[index].as_mut().expect("its request was just read");
        let place = match sandbox.place {
            Some(place) => place,
            None => *sandbox.place.insert(self.free_places.pop().ok_or_else(|| Error {
                step: Step::TakeSlot,
                errno: libc::EAGAIN,
                detail: "every place is taken".to_owned(),
            })?),
        };
        let ahead = Ahead { spares: &mut self.spares, standbys: &mut self.standbys, trees: &mut self.trees };
        let run = Run::start(&mut self.prepared, ahead, sandbox, place, command, fds)?;
        let watched = self.watch_run(index, &run);
        let run = self.sandboxes[index].as_mut().expect("still there").run.insert(run);
        if let Err(error) = watched {
            run.fail(error);
        }
        Ok(())
    }

    /// Keeps the working directory that the last program of a sandbox has left.
    fn keep(&mut self, index: usize, key: TreeKey) {
        let Some(sandbox) = &mut self.sandboxes[index] else { return };
        let kept = match (sandbox.result(), sandbox.place) {
            (Some(work), Some(place)) => self.trees.keep(key, work, self.prepared.uid(place)),
            _ => Kept::No,
        };
        if matches!(kept, Kept::Yes { .. }) {
            sandbox.give_away();
        }
        self.reply(index, &Reply::Kept(kept));
    }

    /// Answers a client. One that cannot be answered is let go, for it would wait: it is gone, or reads none of its answers.
    fn reply(&mut self, index: usize, reply: &Reply) {
        let Some(sandbox) = &self.sandboxes[index] else { return };
        if wire::send_now(sandbox.socket.as_fd(), reply, &[]).is_err() {
            self.close(index);
        }
    }

    fn watch_run(&self, index: usize, run: &Run) -> Result<(), Error> {
        self.watch(run.pidfd.as_fd(), Source::Exit(index)).at(Step::Watch)?;
        self.watch(run.orders.as_fd(), Source::Done(index)).at(Step::Watch)?;
        if let Some(notice) = &run.group.out_of_memory {
            self.watch(notice.as_fd(), Source::OutOfMemory(index)).at(Step::Watch)?;
        }
        Ok(())
    }

    /// Something happened to a run: it ran out of memory or ended.
    fn progress(&mut self, index: usize) {
        let Some(sandbox) = &mut self.sandboxes[index] else { return };
        let Some(run) = &mut sandbox.run else { return };
        if run.progress(&self.prepared) == Progress::Over {
            self.finish(index);
        }
    }

    /// An init has recorded the end. If nothing else is left its client need not wait until the kernel has let go of all it had.
    fn done(&mut self, index: usize) {
        let Some(run) = self.sandboxes[index].as_mut().and_then(|sandbox| sandbox.run.as_mut()) else { return };
        match wire::receive_now::<()>(run.orders.as_fd()) {
            Ok(Some(((), fds))) => return run.meet_program(fds.into_iter().next()),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
            Ok(None) | Err(_) => {}
        }
        // It is said once; what follows is the end of the process.
        let _ = epoll::delete(&self.epoll, &run.orders);
        if self.leaving.iter().flatten().count() + self.spent.len() < LEAVING_MAX && run.is_all_over(&self.prepared) {
            self.finish(index);
        } else {
            // Whatever it waits for: its end is what comes next.
            let _ = rustix::net::shutdown(&run.orders, rustix::net::Shutdown::Both);
        }
    }

    fn finish(&mut self, index: usize) {
        let Some(run) = self.take_run(index) else { return };
        let (keep, limits) = (run.keep, run.limits);
        let (reply, spent) = run.finish(&self.prepared);
        if let (Some(sandbox), Reply::Finished(facts)) = (&mut self.sandboxes[index], &reply) {
            sandbox.has_succeeded = keep && facts.judge(&limits).is_some_and(|(outcome, _)| outcome.is_success());
        }
        self.reply(index, &reply);
        self.spent.push_back((Instant::now() + AFTER_END, spent));
        self.destroy_if_closing(index);
        if self.sandboxes.iter().flatten().all(|sandbox| sandbox.run.is_none()) {
            self.spares.soon();
            self.standbys.at_once();
        }
    }

    fn clear_away(&mut self, Spent { group, leaving }: Spent) {
        match leaving {
            Some(leaving) => self.see_off(Leaving { group: Some(group), ..leaving }),
            None => self.prepared.remove_group(&group),
        }
    }

    fn see_off(&mut self, mut leaving: Leaving) {
        leaving.let_go();
        let index = self.leaving.iter().position(Option::is_none).unwrap_or(self.leaving.len());
        match self.watch(leaving.pidfd.as_fd(), Source::Left(index)) {
            Ok(()) if index < self.leaving.len() => self.leaving[index] = Some(leaving),
            Ok(()) => self.leaving.push(Some(leaving)),
            Err(_) => self.take_leave(leaving, KILL_PATIENCE),
        }
    }

    fn left(&mut self, index: usize) {
        if let Some(leaving) = self.leaving.get_mut(index).and_then(Option::take) {
            let _ = epoll::delete(&self.epoll, &leaving.pidfd);
            self.take_leave(leaving, Duration::ZERO);
        }
    }

    /// Its place is free, and it is gone or has had so long.
    fn take_leave(&mut self, leaving: Leaving, patience: Duration) {
        let places = if leaving.was_ahead { &mut self.standbys.places } else { &mut self.free_places };
        places.extend(leaving.place);
        leaving.farewell(patience, &self.prepared);
    }

    /// Takes a run out of its sandbox and stops watching it.
    fn take_run(&mut self, index: usize) -> Option<Run> {
        let run = self.sandboxes[index].as_mut()?.run.take()?;
        // A process that was just forked may still have these open, and then closing them here does not unwatch them.
        for fd in [Some(&run.pidfd), Some(&run.orders), run.group.out_of_memory.as_ref()].into_iter().flatten() {
            let _ = epoll::delete(&self.epoll, fd);
        }
        Some(run)
    }

    /// A run that does not die: the kernel holds on to it. Its client is told; its place is free when it does die after all.
    fn abandon(&mut self, index: usize) {
        let Some(run) = self.take_run(index) else { return };
        let (error, mut leaving) = run.undying();
        // First of all: a client that has hung up is noticed by telling it, and then all that the sandbox has is given to others.
        leaving.place = self.sandboxes[index].as_mut().and_then(Sandbox::give_up_place);
        self.reply(index, &Reply::Failed(error));
        self.see_off(leaving);
        self.destroy_if_closing(index);
    }

    fn destroy_if_closing(&mut self, index: usize) {
        if self.sandboxes[index].as_ref().is_some_and(|sandbox| sandbox.closing) {
            self.destroy(index);
        }
    }

    /// The client let go of a sandbox: what runs is killed, and the place is free when it has ended.
    fn close(&mut self, index: usize) {
        let Some(sandbox) = &mut self.sandboxes[index] else { return };
        let _ = epoll::delete(&self.epoll, &sandbox.socket);
        sandbox.closing = true;
        match &mut sandbox.run {
            Some(run) => run.cancel(),
            None => self.destroy(index),
        }
    }

    fn destroy(&mut self, index: usize) {
        if let Some(mut sandbox) = self.sandboxes[index].take() {
            self.free_places.extend(sandbox.give_up_place());
        }
    }

    fn until_next_deadline(&self) -> Option<Timespec> {
        let runs = self.sandboxes.iter().flatten().filter_map(|sandbox| sandbox.run.as_ref());
        let spent = self.spent.front().map(|(since, _)| *since);
        let house = [self.spares.due(), self.standbys.due(), self.try_again, spent];
        let next = runs.map(|run| run.wake).chain(house.into_iter().flatten()).min()?;
        let left = next.saturating_duration_since(Instant::now());
        Some(Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() })
    }

    fn meet_deadlines(&mut self) {
        let now = Instant::now();
        for index in 0..self.sandboxes.len() {
            let run = self.sandboxes[index].as_mut().and_then(|sandbox| sandbox.run.as_mut());
            match run.filter(|run| run.wake <= now).map(|run| run.check_deadlines(now, &self.prepared)) {
                Some(Progress::Over) => self.finish(index),
                Some(Progress::Undying) => self.abandon(index),
                Some(Progress::GoesOn) | None => {}
            }
        }
    }

    /// Kills everything and waits until it is gone, or will not go.
    fn end(mut self) -> Result<(), Error> {
        for index in 0..self.sandboxes.len() {
            if let Some(mut run) = self.take_run(index) {
                run.cancel();
                if run.has_died_within(KILL_PATIENCE) {
                    let (_, spent) = run.finish(&self.prepared);
                    self.spent.push_back((Instant::now(), spent));
                }
            }
        }
        while let Some((_, spent)) = self.spent.pop_front() {
            self.clear_away(spent);
        }
        self.leaving.drain(..).flatten().for_each(|leaving| leaving.farewell(KILL_PATIENCE, &self.prepared));
        self.standbys.end(&self.prepared);
        self.spares.end(&self.prepared);
        let deadline = Instant::now() + KILL_PATIENCE;
        while self.prepared.remove_busy_groups() && Instant::now() < deadline {
            std::thread::sleep(TRY_AGAIN);
        }
        self.prepared.places.release();
        Ok(())
    }
}
