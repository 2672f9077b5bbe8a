//! How many connections there may be, in total and from one address.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The places for connections.
pub(crate) struct Slots {
    total: Arc<Semaphore>,
    per_address: usize,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One connection's place; given back when dropped.
pub(crate) struct Slot {
    total: Arc<Semaphore>,
    address: IpAddr,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
    _permit: OwnedSemaphorePermit,
}

impl Slots {
    /// Places for so many connections, and so many from one address (0: no limit).
    pub(crate) fn new(total: usize, per_address: usize) -> Slots {
        let total = total.clamp(1, Semaphore::MAX_PERMITS);
        Slots { total: Arc::new(Semaphore::new(total)), per_address, taken: Arc::default() }
    }

    /// Waits until a place is free. Until it is, new connections wait in the kernel's queue.
    pub(crate) async fn free(&self) -> OwnedSemaphorePermit {
        self.total.clone().acquire_owned().await.expect("the semaphore is never closed")
    }

    /// Gives the place to a client of this address, unless it has its share.
    pub(crate) fn take(&self, permit: OwnedSemaphorePermit, address: IpAddr) -> Option<Slot> {
        let address = address.to_canonical();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(address).or_insert(0);
        if self.per_address != 0 && *count >= self.per_address {
            return None;
        }
        *count += 1;
        Some(Slot { total: self.total.clone(), address, taken: self.taken.clone(), _permit: permit })
    }
}

impl Slot {
    /// Whether every place is taken, so that this one should not be kept between two requests.
    pub(crate) fn is_wanted(&self) -> bool {
        self.total.available_permits() == 0
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_has_its_share_and_gets_it_back() {
        let slots = Slots::new(8, 1);
        let address: IpAddr = "192.0.2.1".parse().unwrap();
        let first = slots.take(slots.free().await, address).unwrap();
        assert!(slots.take(slots.free().await, address).is_none());
        assert!(slots.take(slots.free().await, "192.0.2.2".parse().unwrap()).is_some());
        drop(first);
        assert!(slots.take(slots.free().await, address).is_some());
        assert!(slots.taken.lock().unwrap().is_empty());
        assert_eq!(slots.total.available_permits(), 8);
    }
}
