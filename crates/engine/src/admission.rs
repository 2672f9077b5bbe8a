//! Whose turn it is: so many jobs at once, a bounded queue before them, first come, first served.
//!
//! ```text
//! enter ─→ a slot is free ──────────────────────────────→ Permit (its drop frees the slot)
//!      └─→ a place in the queue ─→ wait, at most so long ─┘
//!      └─→ the queue is full ─→ Busy, at once
//! ```
//!
//! A waiting job is its future and nothing else: dropping it leaves the queue.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout_at},
};

use crate::RunError;

/// The slots and the queue before them.
#[derive(Debug, Clone)]
pub(crate) struct Admission {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// tokio's semaphore is fair: a freed slot goes to whoever has waited longest, and nobody overtakes.
    slots: Arc<Semaphore>,
    runners: u32,
    queue: u32,
    queue_wait: Duration,
    waiting: AtomicU32,
    /// How long a slot is held of late, as a moving average.
    usual: Mutex<Duration>,
    /// Woken whenever a slot may have become free.
    freed: Notify,
}

/// A slot; dropping it frees it.
#[derive(Debug)]
pub(crate) struct Permit {
    slot: Option<OwnedSemaphorePermit>,
    shared: Arc<Shared>,
    since: Instant,
}

/// A place in the queue; dropping it leaves it.
pub(crate) struct Place<'a> {
    shared: &'a Shared,
    /// How long whoever has it may wait, whatever for.
    until: Instant,
}

impl Place<'_> {
    pub(crate) fn until(&self) -> Instant {
        self.until
    }
}

impl Admission {
    /// `runners` slots (at least 1) and `queue` places before them, in which nobody waits longer than `queue_wait`.
    pub(crate) fn new(runners: u32, queue: u32, queue_wait: Duration) -> Admission {
        let runners = runners.clamp(1, u32::try_from(Semaphore::MAX_PERMITS).unwrap_or(u32::MAX));
        let shared = Shared {
            slots: Arc::new(Semaphore::new(runners as usize)),
            runners,
            queue,
            queue_wait,
            waiting: AtomicU32::new(0),
            usual: Mutex::new(Duration::from_secs(1)),
            freed: Notify::new(),
        };
        Admission { shared: Arc::new(shared) }
    }

    /// Waits for a slot, in the place that the job has already, or in a new one.
    ///
    /// # Errors
    /// [`RunError::Busy`] when the queue is full or the wait was too long, [`RunError::ShuttingDown`] after [`Admission::close`].
    pub(crate) async fn enter_from(&self, place: Option<Place<'_>>) -> Result<Permit, RunError> {
        let shared = &self.shared;
        if let Ok(slot) = Arc::clone(&shared.slots).try_acquire_owned() {
            return Ok(self.permit(slot));
        }
        if self.is_closed() {
            return Err(RunError::ShuttingDown);
        }
        let place = place.or_else(|| shared.queue_up()).ok_or_else(|| shared.busy())?;
        match timeout_at(place.until, Arc::clone(&shared.slots).acquire_owned()).await {
            Ok(Ok(slot)) => Ok(self.permit(slot)),
            Ok(Err(_closed)) => Err(RunError::ShuttingDown),
            Err(_elapsed) => Err(shared.busy()),
        }
    }

    /// A place among those that wait, for a job that waits for something else than a slot; none when the queue is full.
    pub(crate) fn wait_beside(&self) -> Option<Place<'_>> {
        if self.is_closed() { None } else { self.shared.queue_up() }
    }

    fn permit(&self, slot: OwnedSemaphorePermit) -> Permit {
        Permit { slot: Some(slot), shared: Arc::clone(&self.shared), since: Instant::now() }
    }

    /// Slots in use.
    pub(crate) fn running(&self) -> u32 {
        let free = u32::try_from(self.shared.slots.available_permits()).unwrap_or(u32::MAX);
        self.shared.runners.saturating_sub(free)
    }

    /// Places in use.
    pub(crate) fn waiting(&self) -> u32 {
        self.shared.waiting.load(Ordering::Relaxed)
    }

    /// Lets nobody in any more; who waits is told so at once.
    pub(crate) fn close(&self) {
        self.shared.slots.close();
    }

    /// Whether nobody is let in any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.shared.slots.is_closed()
    }

    /// Waits until every slot is free. Meant for after [`Admission::close`].
    pub(crate) async fn drain(&self) {
        loop {
            let freed = self.shared.freed.notified();
            tokio::pin!(freed);
            // Listen first, look then: a slot freed in between would not be heard.
            freed.as_mut().enable();
            if self.running() == 0 {
                return;
            }
            freed.await;
        }
    }
}

impl Shared {
    fn queue_up(&self) -> Option<Place<'_>> {
        let one_more = |waiting: u32| (waiting < self.queue).then_some(waiting + 1);
        self.waiting.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more).ok()?;
        Some(Place { shared: self, until: Instant::now() + self.queue_wait })
    }

    /// A refusal that tells when the queue will have moved on by its whole length, if jobs go on taking as long as of late.
    fn busy(&self) -> RunError {
        let usual = *self.usual.lock().unwrap_or_else(PoisonError::into_inner);
        let rounds = f64::from(self.waiting.load(Ordering::Relaxed) + 1) / f64::from(self.runners);
        let seconds = (usual.as_secs_f64() * rounds).ceil().clamp(1.0, 60.0);
        RunError::Busy { retry_after: Duration::from_secs(seconds as u64) }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut usual = self.shared.usual.lock().unwrap_or_else(PoisonError::into_inner);
        *usual = (*usual * 7 + self.since.elapsed()) / 8;
        drop(usual);
        // Free the slot before telling so.
        drop(self.slot.take());
        self.shared.freed.notify_waiters();
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.shared.waiting.fetch_sub(1, Ordering::Relaxed);
        // One who leaves just as a slot was given to him has given it back.
        self.shared.freed.notify_waiters();
    }
}

#[cfg(test)]
mod tests;
