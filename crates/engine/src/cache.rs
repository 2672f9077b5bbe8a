//! What was compiled before: the compiler's last words beside the tree that a launcher keeps, under a digest of all that went in.
//!
//! ```text
//! key ─→ known ────────────────────────────────→ a hit: its words are told again, its tree is the run's base
//!     └→ not known ─ turn ─→ the first one compiles, has the tree kept, and lets go of its turn
//!                        └→ the others wait, and then know it; or one of them is the first
//! ```
//!
//! A turn comes before a slot: who waits for another's compiler takes no slot from it. Who is first waits for nothing but a slot, and
//! who has a slot waits for nobody's turn. Here and nowhere else is decided what is let go of: the launcher keeps what it is told to.

mod key;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use codecanvas_protocol::{Outcome, Usage};
use codecanvas_sandbox::{Kept, Stream, TreeKey};
use tokio::sync::{Mutex as Turns, OwnedMutexGuard};

pub(crate) use key::{Identity, Tools, key};

/// The most that a compiler may have said for its result to be known.
const WORDS_MAX: usize = 256 << 10;

/// Results that are known at once: each tree is a mount in the launcher, which has room for a few more.
const RESULTS_MAX: usize = 1000;

/// What is counted for a result beside its tree and its words.
const RESULT_BYTES: u64 = 1 << 10;

/// How long a compiler's failure is known. It may have failed for want of something that the host has again.
const FAILURE_KNOWN_FOR: Duration = Duration::from_secs(300);

/// All that is known; clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Cache {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// Bytes of trees and words together; 0 for nothing.
    room: u64,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    results: HashMap<TreeKey, Entry>,
    used: u64,
    /// Grows with every use.
    clock: u64,
    /// Of keys that are being compiled.
    turns: HashMap<TreeKey, Arc<Turns<()>>>,
}

#[derive(Debug)]
struct Entry {
    result: Arc<Compiled>,
    bytes: u64,
    last_used: u64,
    since: Instant,
}

/// How a compiler ended.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) outcome: Outcome,
    pub(crate) usage: Usage,
    /// What it wrote, in order.
    pub(crate) words: Vec<(Stream, Vec<u8>)>,
    /// Which launcher keeps what it made; none when it failed.
    launcher: Option<u32>,
}

/// What a job has to do about its compile phase.
#[derive(Debug)]
pub(crate) enum Turn {
    /// Compile, and tell nobody.
    Alone,
    /// Compile, and let others know.
    First(First),
    /// Nothing.
    Known(Known),
}

/// The right to compile for a key.
#[derive(Debug)]
pub(crate) struct First {
    cache: Cache,
    key: TreeKey,
    /// As long as this lives the others wait.
    _place: Option<Place>,
}

/// A result that stays at least as long as this.
#[derive(Debug)]
pub(crate) struct Known {
    cache: Cache,
    pub(crate) key: TreeKey,
    pub(crate) result: Arc<Compiled>,
}

/// What a compiler writes, as long as it is not too much.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pieces: Vec<(Stream, Vec<u8>)>,
    bytes: usize,
}

/// What keeping a tree takes.
pub(crate) trait Keeper {
    /// Which launcher this is.
    fn launcher(&self) -> u32;
    /// Has what the last program left kept under a key.
    fn keep(&mut self, key: TreeKey) -> Kept;
    /// Lets go of what is kept under a key.
    fn forget(&mut self, key: TreeKey);
}

impl Cache {
    /// A cache that has room for so many bytes.
    pub(crate) fn new(room: u64) -> Cache {
        Cache { shared: Arc::new(Shared { room, state: Mutex::default() }) }
    }

    /// Whether anything is kept at all.
    pub(crate) fn is_on(&self) -> bool {
        self.shared.room > 0
    }

    /// What is known of this key, if this launcher is the one that keeps the tree.
    pub(crate) fn look(&self, key: TreeKey, launcher: u32) -> Option<Turn> {
        let mut state = self.state();
        state.clock += 1;
        let now = state.clock;
        let entry = state.results.get_mut(&key)?;
        if !entry.is_of_use(launcher) {
            state.remove(key);
            return None;
        }
        entry.last_used = now;
        Some(Turn::Known(Known { cache: self.clone(), key, result: Arc::clone(&entry.result) }))
    }

    /// The right to compile for this key, if nobody else does.
    pub(crate) fn turn_at_once(&self, key: TreeKey) -> Option<Turn> {
        let mut place = self.place(key);
        place.turn = Some(Arc::clone(place.turns.as_ref()?).try_lock_owned().ok()?);
        Some(Turn::First(First { cache: self.clone(), key, _place: Some(place) }))
    }

    /// Waits until nobody else compiles for this key.
    pub(crate) async fn turn(&self, key: TreeKey, launcher: impl Fn() -> u32) -> Turn {
        let mut place = self.place(key);
        let turns = place.turns.clone().expect("it is let go of at the end");
        place.turn = Some(turns.lock_owned().await);
        match self.look(key, launcher()) {
            Some(known) => known,
            None => Turn::First(First { cache: self.clone(), key, _place: Some(place) }),
        }
    }

    fn place(&self, key: TreeKey) -> Place {
        let turns = Arc::clone(self.state().turns.entry(key).or_default());
        Place { cache: self.clone(), key, turns: Some(turns), turn: None }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets go of what was used longest ago, until there is room for so many bytes; gives the keys of trees.
    fn make_room(&self, bytes: u64) -> Vec<TreeKey> {
        let mut state = self.state();
        let mut trees = Vec::new();
        while state.used + bytes > self.shared.room || state.results.len() >= RESULTS_MAX {
            let idle = state.results.iter().filter(|(_, entry)| Arc::strong_count(&entry.result) == 1);
            let Some(oldest) = idle.min_by_key(|(_, entry)| entry.last_used).map(|(key, _)| *key) else { break };
            trees.extend(state.remove(oldest).and_then(|entry| entry.result.launcher).map(|_| oldest));
        }
        trees
    }

    fn insert(&self, key: TreeKey, compiled: Compiled, bytes: u64) -> Known {
        let mut state = self.state();
        state.remove(key);
        state.used += bytes;
        state.clock += 1;
        let last_used = state.clock;
        let result = Arc::new(compiled);
        state.results.insert(key, Entry { result: Arc::clone(&result), bytes, last_used, since: Instant::now() });
        Known { cache: self.clone(), key, result }
    }
}

impl State {
    fn remove(&mut self, key: TreeKey) -> Option<Entry> {
        let entry = self.results.remove(&key)?;
        self.used -= entry.bytes;
        Some(entry)
    }
}

impl Entry {
    fn is_of_use(&self, launcher: u32) -> bool {
        match self.result.launcher {
            Some(keeps) => keeps == launcher,
            None => self.since.elapsed() < FAILURE_KNOWN_FOR,
        }
    }
}

impl Known {
    /// Whether this launcher can run what was compiled, if that is to be run.
    pub(crate) fn is_with(&self, launcher: u32) -> bool {
        self.result.launcher.is_none_or(|keeps| keeps == launcher)
    }

    /// The tree is gone with its launcher: it is compiled again.
    pub(crate) fn lost(self) -> First {
        let mut state = self.cache.state();
        // Another may have compiled it meanwhile, for the launcher that there is now.
        if state.results.get(&self.key).is_some_and(|entry| Arc::ptr_eq(&entry.result, &self.result)) {
            state.remove(self.key);
        }
        drop(state);
        First { cache: self.cache, key: self.key, _place: None }
    }
}

impl First {
    /// Lets others know how the compiler ended, if it would end so again; gives what is known now if its tree is kept.
    pub(crate) fn conclude(self, keeper: &mut impl Keeper, outcome: &Outcome, usage: Usage, words: Words) -> Option<Known> {
        // Whatever passed a limit, was killed or cancelled may end otherwise the next time.
        let Outcome::Exited { code } = *outcome else { return None };
        if words.bytes > WORDS_MAX {
            return None;
        }
        let own = words.bytes as u64 + RESULT_BYTES;
        let mut bytes = own;
        let mut forget = self.cache.make_room(own);
        if code == 0 {
            bytes += match self.keep(keeper, &mut forget) {
                Some(bytes) => bytes,
                None => {
                    forget.into_iter().for_each(|key| keeper.forget(key));
                    return None;
                }
            };
            forget.extend(self.cache.make_room(bytes));
        }
        forget.into_iter().for_each(|key| keeper.forget(key));
        let launcher = (code == 0).then(|| keeper.launcher());
        let compiled = Compiled { outcome: outcome.clone(), usage, words: words.pieces, launcher };
        let known = self.cache.insert(self.key, compiled, bytes);
        launcher.map(|_| known)
    }

    /// How many bytes are kept, if they are. The launcher says how many it takes, and then there is made room for them.
    fn keep(&self, keeper: &mut impl Keeper, forget: &mut Vec<TreeKey>) -> Option<u64> {
        forget.drain(..).for_each(|key| keeper.forget(key));
        match keeper.keep(self.key) {
            Kept::Yes { bytes } => Some(bytes),
            Kept::NoRoom { bytes } => {
                self.cache.make_room(bytes).into_iter().for_each(|key| keeper.forget(key));
                match keeper.keep(self.key) {
                    Kept::Yes { bytes } => Some(bytes),
                    Kept::NoRoom { .. } | Kept::No => None,
                }
            }
            Kept::No => None,
        }
    }
}

impl Words {
    pub(crate) fn push(&mut self, stream: Stream, piece: &[u8]) {
        self.bytes += piece.len();
        if self.bytes > WORDS_MAX {
            self.pieces.clear();
            return;
        }
        match self.pieces.last_mut() {
            Some((last, bytes)) if *last == stream => bytes.extend_from_slice(piece),
            _ => self.pieces.push((stream, piece.to_vec())),
        }
    }
}

/// A place among those that compile for a key or wait for it.
#[derive(Debug)]
struct Place {
    cache: Cache,
    key: TreeKey,
    turns: Option<Arc<Turns<()>>>,
    turn: Option<OwnedMutexGuard<()>>,
}

impl Drop for Place {
    fn drop(&mut self) {
        // First let go, then look whether anybody is left.
        self.turn = None;
        self.turns = None;
        let mut state = self.cache.state();
        if state.turns.get(&self.key).is_some_and(|turns| Arc::strong_count(turns) == 1) {
            state.turns.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests;
