//! The cache over a keeper that only counts: who compiles, who waits, and what is let go of.

use std::collections::BTreeMap;

use super::*;

/// Keeps sizes; has as much room as it is given.
struct Shelf {
    room: u64,
    size: u64,
    kept: BTreeMap<[u8; 32], u64>,
}

impl Shelf {
    fn new(room: u64, size: u64) -> Shelf {
        Shelf { room, size, kept: BTreeMap::new() }
    }
}

impl Keeper for Shelf {
    fn launcher(&self) -> u32 {
        1
    }

    fn keep(&mut self, key: TreeKey) -> Kept {
        let bytes = self.size;
        if self.kept.values().sum::<u64>() + bytes > self.room {
            return Kept::NoRoom { bytes };
        }
        self.kept.insert(key.0, bytes);
        Kept::Yes { bytes }
    }

    fn forget(&mut self, key: TreeKey) {
        self.kept.remove(&key.0);
    }
}

const OK: Outcome = Outcome::Exited { code: 0 };

fn tree(number: u8) -> TreeKey {
    TreeKey([number; 32])
}

fn first(cache: &Cache, number: u8) -> First {
    match cache.turn_at_once(tree(number)) {
        Some(Turn::First(first)) => first,
        other => panic!("{other:?}"),
    }
}

fn compile(cache: &Cache, shelf: &mut Shelf, number: u8, outcome: &Outcome) -> bool {
    first(cache, number).conclude(shelf, outcome, Usage::default(), Words::default()).is_some()
}

fn is_known(cache: &Cache, number: u8) -> bool {
    matches!(cache.look(tree(number), 1), Some(Turn::Known(_)))
}

#[test]
fn what_was_used_longest_ago_is_let_go_of_and_never_what_is_in_use() {
    let (cache, mut shelf) = (Cache::new(100_000), Shelf::new(100_000, 30_000));
    (1..4).for_each(|number| assert!(compile(&cache, &mut shelf, number, &OK)));
    assert!(is_known(&cache, 1));
    let in_use = cache.look(tree(2), 1);
    assert!(is_known(&cache, 1) && is_known(&cache, 3));
    assert!(compile(&cache, &mut shelf, 4, &OK));
    assert_eq!([1, 2, 3, 4].map(|number| is_known(&cache, number)), [false, true, true, true]);
    assert_eq!(shelf.kept.len(), 3, "the launcher was told");
    drop(in_use);
    assert_eq!(cache.state().used, 3 * (30_000 + RESULT_BYTES));
}

#[test]
fn what_is_all_in_use_leaves_no_room() {
    let (cache, mut shelf) = (Cache::new(100_000), Shelf::new(100_000, 40_000));
    assert!(compile(&cache, &mut shelf, 1, &OK) && compile(&cache, &mut shelf, 2, &OK));
    let _in_use = [cache.look(tree(1), 1), cache.look(tree(2), 1)];
    assert!(!compile(&cache, &mut shelf, 3, &OK));
    assert!(!is_known(&cache, 3) && shelf.kept.len() == 2);
}

#[test]
fn only_what_would_end_so_again_is_known() {
    let (cache, mut shelf) = (Cache::new(100_000), Shelf::new(100_000, 10));
    assert!(!compile(&cache, &mut shelf, 1, &Outcome::Exited { code: 1 }));
    assert!(is_known(&cache, 1) && shelf.kept.is_empty(), "its words are, without a tree");
    for (number, outcome) in [(2, Outcome::Cancelled), (3, Outcome::signaled(9))] {
        assert!(!compile(&cache, &mut shelf, number, &outcome));
        assert!(!is_known(&cache, number));
    }
    let mut words = Words::default();
    (0..300).for_each(|_| words.push(Stream::Stderr, &[b'x'; 1024]));
    assert!(first(&cache, 4).conclude(&mut shelf, &OK, Usage::default(), words).is_none());
    assert!(!is_known(&cache, 4) && shelf.kept.is_empty());
}

#[test]
fn another_launcher_keeps_nothing_of_the_last_one() {
    let (cache, mut shelf) = (Cache::new(100_000), Shelf::new(100_000, 10));
    assert!(compile(&cache, &mut shelf, 1, &OK));
    assert!(cache.look(tree(1), 2).is_none());
    let state = cache.state();
    assert_eq!((state.used, state.results.len()), (0, 0));
}

#[tokio::test]
async fn one_compiles_and_the_others_wait() {
    let (cache, mut shelf) = (Cache::new(100_000), Shelf::new(100_000, 10));
    let first = first(&cache, 1);
    assert!(cache.turn_at_once(tree(1)).is_none());
    let others: Vec<_> = (0..8)
        .map(|_| {
            let cache = cache.clone();
            tokio::spawn(async move { matches!(cache.turn(tree(1), || 1).await, Turn::Known(_)) })
        })
        .collect();
    tokio::task::yield_now().await;
    assert!(first.conclude(&mut shelf, &OK, Usage::default(), Words::default()).is_some());
    for other in others {
        assert!(other.await.unwrap());
    }
    assert!(cache.state().turns.is_empty());
}

#[tokio::test]
async fn another_takes_over_from_one_that_gives_up() {
    let cache = Cache::new(100_000);
    let first = first(&cache, 1);
    let waiting = |cache: Cache| tokio::spawn(async move { cache.turn(tree(1), || 1).await });
    let (gone, stays) = (waiting(cache.clone()), waiting(cache.clone()));
    tokio::task::yield_now().await;
    gone.abort();
    drop(first);
    assert!(matches!(stays.await.unwrap(), Turn::First(_)));
    assert!(cache.state().turns.is_empty());
}
