//! How many connections there may be, in total and from one address, and who gives way when every place is taken.
//!
//! ```text
//! accepted ─→ resting ─ a whole request ─→ working ─ the client does not take the answer ─→ stalled
//!                ↑                            │                                                │
//!                └────────────── the client has taken all that was written ────────────────────┘
//! ```
//!
//! A place that somebody needs is taken from who has rested longest, and if nobody rests from who has been stalled longest: a client
//! that does what it came for is neither for long. Who works keeps its place.

use std::{
    collections::{BTreeMap, HashMap},
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tracing::debug;

/// How much all clients together may leave untaken of their answers, in bytes. Above it the one that has been stalled longest goes.
const UNREAD_MAX: usize = 256 << 20;

/// The places for connections. Clones are the same places.
#[derive(Clone)]
pub(crate) struct Slots {
    count: u32,
    total: Arc<Semaphore>,
    per_address: usize,
    crowd: Arc<Mutex<Crowd>>,
    /// Wakes who needs a place when there is one more who could give way.
    idler: Arc<Notify>,
}

/// One connection's place; given back when dropped.
pub(crate) struct Slot {
    slots: Slots,
    address: IpAddr,
    /// Rung when somebody else is to have the place.
    bell: Arc<Notify>,
    /// Since when it rests or is stalled; 0 when it is not. Only changed with the crowd locked.
    resting: AtomicU64,
    stalled: AtomicU64,
    /// Whether it rests as soon as the client has taken everything.
    answered: AtomicBool,
    _permit: OwnedSemaphorePermit,
}

/// All connections, as far as others care.
#[derive(Default)]
struct Crowd {
    of_address: HashMap<IpAddr, usize>,
    /// Counts instead of a clock.
    now: u64,
    /// By the time since when: the first one has waited longest.
    resting: BTreeMap<u64, Arc<Notify>>,
    stalled: BTreeMap<u64, (Arc<Notify>, usize)>,
    unread: usize,
}

impl Slots {
    /// Places for so many connections, and so many from one address (0: no limit).
    pub(crate) fn new(total: usize, per_address: usize) -> Slots {
        let count = u32::try_from(total.clamp(1, Semaphore::MAX_PERMITS)).unwrap_or(u32::MAX);
        let total = Arc::new(Semaphore::new(count as usize));
        Slots { count, total, per_address, crowd: Arc::default(), idler: Arc::default() }
    }

    /// Waits until every place was given back, for when no new connections come.
    pub(crate) async fn all_free(&self) {
        drop(self.total.acquire_many(self.count).await);
    }

    /// A place for a client of this address, unless it has its share. Where none is free one is made, or waited for; further
    /// connections wait in the kernel's queue meanwhile.
    pub(crate) async fn take(&self, address: IpAddr) -> Option<Slot> {
        let address = address.to_canonical();
        if self.per_address != 0 && self.crowd().of_address.get(&address).is_some_and(|count| *count >= self.per_address) {
            return None;
        }
        let permit = self.free().await;
        *self.crowd().of_address.entry(address).or_insert(0) += 1;
        let slot = Slot {
            slots: self.clone(),
            address,
            bell: Arc::default(),
            resting: AtomicU64::new(0),
            stalled: AtomicU64::new(0),
            answered: AtomicBool::new(false),
            _permit: permit,
        };
        slot.rests();
        Some(slot)
    }

    async fn free(&self) -> OwnedSemaphorePermit {
        loop {
            if let Ok(permit) = self.total.clone().try_acquire_owned() {
                return permit;
            }
            let one_more = self.idler.notified();
            self.crowd().send_one_away();
            tokio::select! {
                permit = self.total.clone().acquire_owned() => return permit.expect("the semaphore is never closed"),
                () = one_more => {}
            }
        }
    }

    fn crowd(&self) -> MutexGuard<'_, Crowd> {
        self.crowd.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Crowd {
    fn tick(&mut self) -> u64 {
        self.now += 1;
        self.now
    }

    fn send_one_away(&mut self) {
        match self.resting.pop_first() {
            Some((_, bell)) => bell.notify_one(),
            None => self.send_stalled_away(0),
        }
    }

    /// Sends away who has been stalled longest, unless that is since this time.
    fn send_stalled_away(&mut self, but: u64) {
        let Some(first) = self.stalled.first_entry().filter(|first| *first.key() != but) else { return };
        let (bell, unread) = first.remove();
        self.unread -= unread;
        debug!(unread, "a client that does not take its answer gives way");
        bell.notify_one();
    }

    fn forget_stall(&mut self, since: u64) {
        if let Some((_, unread)) = self.stalled.remove(&since) {
            self.unread -= unread;
        }
    }
}

impl Slot {
    /// Whether every place is taken, so that this one should not be kept between two requests.
    pub(crate) fn is_wanted(&self) -> bool {
        self.slots.total.available_permits() == 0
    }

    /// Ends when the place is somebody else's.
    pub(crate) async fn given_away(&self) {
        self.bell.notified().await;
    }

    /// The client is waited for, from now on: it has not asked for anything, or not yet to the end.
    pub(crate) fn rests(&self) {
        let mut crowd = self.slots.crowd();
        let now = crowd.tick();
        crowd.resting.remove(&self.resting.swap(now, Relaxed));
        crowd.resting.insert(now, self.bell.clone());
        drop(crowd);
        self.slots.idler.notify_waiters();
    }

    /// The client waits, from now on.
    pub(crate) fn works(&self) {
        self.answered.store(false, Relaxed);
        self.slots.crowd().resting.remove(&self.resting.swap(0, Relaxed));
    }

    /// There is an answer, and the client is waited for when it has taken it.
    pub(crate) fn answers(&self) {
        self.answered.store(true, Relaxed);
    }

    /// The client does not take these many bytes now.
    pub(crate) fn stalls(&self, unread: usize) {
        let mut crowd = self.slots.crowd();
        let since = self.stalled.load(Relaxed);
        match crowd.stalled.get_mut(&since) {
            Some((_, before)) => {
                let before = std::mem::replace(before, unread);
                crowd.unread = crowd.unread + unread - before;
            }
            // It was sent away.
            None if since != 0 => return,
            None => {
                let now = crowd.tick();
                self.stalled.store(now, Relaxed);
                crowd.stalled.insert(now, (self.bell.clone(), unread));
                crowd.unread += unread;
                self.slots.idler.notify_waiters();
            }
        }
        if crowd.unread > UNREAD_MAX {
            crowd.send_stalled_away(self.stalled.load(Relaxed));
        }
    }

    /// The client has taken all that was written.
    pub(crate) fn flows(&self) {
        if self.stalled.load(Relaxed) != 0 {
            let mut crowd = self.slots.crowd();
            crowd.forget_stall(self.stalled.swap(0, Relaxed));
        }
        if self.answered.swap(false, Relaxed) {
            self.rests();
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut crowd = self.slots.crowd();
        crowd.resting.remove(&self.resting.load(Relaxed));
        crowd.forget_stall(self.stalled.load(Relaxed));
        if let Some(count) = crowd.of_address.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                crowd.of_address.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    fn address() -> IpAddr {
        "192.0.2.1".parse().unwrap()
    }

    async fn is_given_away(slot: &Slot) -> bool {
        timeout(Duration::from_millis(1), slot.given_away()).await.is_ok()
    }

    #[tokio::test]
    async fn an_address_has_its_share_and_gets_it_back() {
        let slots = Slots::new(8, 1);
        let first = slots.take(address()).await.unwrap();
        assert!(slots.take(address()).await.is_none());
        assert!(slots.take("192.0.2.2".parse().unwrap()).await.is_some());
        drop(first);
        assert!(slots.take(address()).await.is_some());
        assert!(slots.crowd().of_address.is_empty());
        assert!(slots.crowd().resting.is_empty());
        assert_eq!(slots.total.available_permits(), 8);
    }

    #[tokio::test]
    async fn who_rests_longest_gives_way_and_then_who_is_stalled_longest_and_nobody_else() {
        let slots = Slots::new(4, 0);
        let [works, stalls, first, second] = [(); 4].map(|()| slots.take(address())).map(|take| async { take.await.unwrap() });
        let (works, stalls, first, second) = (works.await, stalls.await, first.await, second.await);
        works.works();
        stalls.works();
        stalls.stalls(10);
        first.rests();
        let mut given_away = Vec::new();
        for _ in 0..4 {
            assert!(timeout(Duration::from_millis(1), slots.take(address())).await.is_err());
            let mut names = Vec::new();
            for (name, slot) in [("works", &works), ("stalls", &stalls), ("first", &first), ("second", &second)] {
                if is_given_away(slot).await {
                    names.push(name);
                }
            }
            given_away.push(names);
        }
        assert_eq!(given_away, [vec!["second"], vec!["first"], vec!["stalls"], vec![]]);
    }

    #[tokio::test]
    async fn answers_that_nobody_takes_are_bounded_together() {
        let slots = Slots::new(8, 0);
        let (old, new) = (slots.take(address()).await.unwrap(), slots.take(address()).await.unwrap());
        old.stalls(UNREAD_MAX / 2);
        new.stalls(UNREAD_MAX / 2);
        assert!(!is_given_away(&old).await);
        new.stalls(UNREAD_MAX);
        assert!(is_given_away(&old).await);
        assert!(!is_given_away(&new).await);
        assert_eq!(slots.crowd().unread, UNREAD_MAX);
        new.flows();
        drop(old);
        assert_eq!(slots.crowd().unread, 0);
    }
}
