//! The launcher's event loop: sockets, ends of sandboxes and deadlines, one at a time.

use std::{
    mem::MaybeUninit,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    time::Instant,
};

use rustix::{
    event::{
        Timespec,
        epoll::{self, CreateFlags, Event, EventData, EventFlags},
    },
    io::Errno,
};

use super::{
    prepared::Prepared,
    run::{Progress, Run},
    sandbox::Place,
};
use crate::{
    error::{At, Error, Step},
    message::{Reply, Request},
    wire,
};

/// What a descriptor in the epoll set belongs to: a place's number above, the kind below.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Control,
    Socket(usize),
    Status(usize),
    Exit(usize),
    OutOfMemory(usize),
}

impl Source {
    fn data(self) -> EventData {
        let (kind, place) = match self {
            Source::Control => (0, 0),
            Source::Socket(place) => (1, place),
            Source::Status(place) => (2, place),
            Source::Exit(place) => (3, place),
            Source::OutOfMemory(place) => (4, place),
        };
        EventData::new_u64((place as u64) << 3 | kind)
    }

    fn of(data: EventData) -> Source {
        let place = (data.u64() >> 3) as usize;
        match data.u64() & 7 {
            0 => Source::Control,
            1 => Source::Socket(place),
            2 => Source::Status(place),
            3 => Source::Exit(place),
            _ => Source::OutOfMemory(place),
        }
    }
}

/// The launcher's state.
pub(super) struct Events {
    epoll: OwnedFd,
    control: OwnedFd,
    prepared: Prepared,
    places: Vec<Option<Place>>,
}

impl Events {
    pub(super) fn new(control: OwnedFd, prepared: Prepared) -> std::io::Result<Events> {
        let places = prepared.places.numbers.iter().map(|_| None).collect();
        let events = Events { epoll: epoll::create(CreateFlags::CLOEXEC)?, control, prepared, places };
        events.watch(events.control.as_fd(), Source::Control)?;
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
            for event in ready {
                match Source::of(event.data) {
                    Source::Control => {
                        if !self.accept() {
                            return self.end();
                        }
                    }
                    Source::Socket(place) => self.request(place),
                    Source::Status(place) | Source::Exit(place) | Source::OutOfMemory(place) => self.progress(place),
                }
            }
            self.meet_deadlines();
        }
    }

    fn watch(&self, fd: BorrowedFd<'_>, source: Source) -> rustix::io::Result<()> {
        epoll::add(&self.epoll, fd, source.data(), EventFlags::IN)
    }

    /// A new sandbox's socket, or the client's hang-up (`false`).
    fn accept(&mut self) -> bool {
        match wire::receive::<()>(self.control.as_fd()) {
            Ok(Some(((), fds))) => {
                for socket in fds {
                    self.open(socket);
                }
                true
            }
            Ok(None) | Err(_) => false,
        }
    }

    fn open(&mut self, socket: OwnedFd) {
        let Some(free) = self.places.iter().position(Option::is_none) else {
            let error = Error { step: Step::TakeSlot, errno: libc::EAGAIN, detail: "every place is taken".to_owned() };
            let _ = wire::send(socket.as_fd(), &Reply::Failed(error), &[]);
            return;
        };
        if self.watch(socket.as_fd(), Source::Socket(free)).is_ok() {
            self.places[free] = Some(Place::new(free, socket));
        }
    }

    /// A request on a sandbox's own socket; anything that is not one destroys the sandbox.
    fn request(&mut self, index: usize) {
        let Some(place) = &mut self.places[index] else { return };
        match wire::receive::<Request>(place.socket.as_fd()) {
            Ok(Some((Request::Run(command), fds))) if place.run.is_none() => {
                match Run::start(&mut self.prepared, place, *command, fds) {
                    Ok(run) => {
                        let watched = self.watch_run(index, &run);
                        let place = self.places[index].as_mut().expect("it was there above");
                        place.run = Some(run);
                        if let Err(error) = watched {
                            place.run.as_mut().expect("just set").fail(error);
                        }
                    }
                    Err(error) => place.reply(&Reply::Failed(error)),
                }
            }
            Ok(Some((Request::Kill { run, cause }, _))) => place.kill(run, cause),
            Ok(_) | Err(_) => self.close(index),
        }
    }

    fn watch_run(&self, index: usize, run: &Run) -> Result<(), Error> {
        self.watch(run.status.as_fd(), Source::Status(index)).at(Step::Watch)?;
        self.watch(run.pidfd.as_fd(), Source::Exit(index)).at(Step::Watch)?;
        if let Some(notice) = &run.group.out_of_memory {
            self.watch(notice.as_fd(), Source::OutOfMemory(index)).at(Step::Watch)?;
        }
        Ok(())
    }

    /// Something happened to a run: it started, failed, ran out of memory or ended.
    fn progress(&mut self, index: usize) {
        let Some(place) = &mut self.places[index] else { return };
        let Some(run) = &mut place.run else { return };
        if run.progress(&self.prepared) == Progress::Over {
            let run = place.run.take().expect("it was there above");
            let reply = run.finish(&mut self.prepared);
            place.reply(&reply);
            if place.closing {
                self.free(index);
            }
        }
    }

    /// The client let go of a sandbox: what runs is killed, and the place is free when it has ended.
    fn close(&mut self, index: usize) {
        let Some(place) = &mut self.places[index] else { return };
        let _ = epoll::delete(&self.epoll, &place.socket);
        place.closing = true;
        match &mut place.run {
            Some(run) => run.cancel(),
            None => self.free(index),
        }
    }

    fn free(&mut self, index: usize) {
        if let Some(place) = self.places[index].take() {
            place.destroy();
        }
    }

    fn until_next_deadline(&self) -> Option<Timespec> {
        let next = self.runs().map(|run| run.wake).min()?;
        let left = next.saturating_duration_since(Instant::now());
        Some(Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() })
    }

    fn runs(&self) -> impl Iterator<Item = &Run> {
        self.places.iter().flatten().filter_map(|place| place.run.as_ref())
    }

    fn meet_deadlines(&mut self) {
        let now = Instant::now();
        for place in self.places.iter_mut().flatten() {
            if let Some(run) = place.run.as_mut().filter(|run| run.wake <= now) {
                run.check_deadlines(now, &self.prepared);
            }
        }
    }

    /// Kills everything and waits until it is gone.
    fn end(mut self) -> Result<(), Error> {
        for place in self.places.iter_mut().flatten() {
            if let Some(mut run) = place.run.take() {
                run.cancel();
                run.finish(&mut self.prepared);
            }
        }
        self.prepared.places.release();
        Ok(())
    }
}
