//! Changes pieces of a corpus, always in the same way, and gives them to a target; what fails is made as small as it gets.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use proptest::{
    collection::vec,
    prelude::*,
    sample::Index,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner},
};

/// The variable that says for how many seconds each target is tried.
const SECONDS: &str = "CODECANVAS_FUZZ_SECONDS";

/// One change of a piece of bytes; places are taken modulo what there is.
#[derive(Debug, Clone)]
enum Change {
    Set(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, Index),
    /// A part of another entry of the corpus, put here.
    Splice(Index, Index, Index, Index),
    /// A part of the same, so many times over.
    Repeat(Index, Index, u8),
    /// The digits of a number, for the number that is here or after.
    Number(Index, &'static str),
}

/// What more often means something than any byte.
const WORDS: &[&[u8]] = &[
    b"..",
    b"/",
    b"../",
    b"\0",
    b"\\",
    b"\"",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"=",
    b"\n",
    b"\r\n",
    b" ",
    b"\xff",
    b"\xc3\xa9",
    b"\\u0000",
    b"\\ud800",
    b"null",
    b"true",
    b"-1",
    b"1e9",
    b"MiB",
    b"ms",
    b"{args}",
    b"{sources}",
    b"-",
    b"@",
    b"*",
    b"~",
    b"$HOME",
    b"%2e",
    b"\x80",
    b"\xe2\x80\xae",
    b"\"a\":",
    b"[[",
    b"'''",
    b"#",
    b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
    b"\x00\x00",
    b"\x7f",
    b".java",
    b"public class ",
];

const NUMBERS: &[&str] =
    &["0", "1", "-1", "255", "65536", "4294967296", "9223372036854775808", "18446744073709551615", "1e999", "0.5"];

/// Gives the target its corpus, then changes of it.
pub(crate) fn check(name: &str, target: fn(&[u8]), cases: u32) {
    let corpus = corpus(name);
    for (file, bytes) in &corpus {
        println!("{name}: {file}");
        target(bytes);
    }
    let entries: Vec<Vec<u8>> = corpus.into_iter().map(|(_, bytes)| bytes).collect();
    let seconds = std::env::var(SECONDS).ok().map(|text| text.parse().expect("CODECANVAS_FUZZ_SECONDS is a number"));
    let deadline = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    // Each round is another one, and the same each time.
    for round in 0u64.. {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&round.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        let config = Config { cases, failure_persistence: None, ..Config::default() };
        let changes = (any::<Index>(), vec(change(), 0..6));
        let result = TestRunner::new_with_rng(config, rng).run(&changes, |(entry, changes)| {
            let bytes = changed(&entries, &entries[entry.index(entries.len())], &changes);
            std::panic::catch_unwind(|| target(&bytes)).map_err(|panic| {
                let reason = panic.downcast_ref::<String>().cloned();
                let reason = reason.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default();
                TestCaseError::fail(format!("{reason}\nbytes: {}", bytes.escape_ascii()))
            })
        });
        if let Err(error) = result {
            panic!("{name}: {error}\nput the bytes into fuzz/corpus/{name}/");
        }
        if deadline.is_none_or(|deadline| Instant::now() >= deadline) {
            return;
        }
    }
}

fn corpus(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let files = std::fs::read_dir(folder).expect("every target has a corpus").map(|entry| entry.expect("a file").path());
    let read =
        |path: std::path::PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap());
    let mut corpus: Vec<_> = files.map(read).collect();
    corpus.sort();
    assert!(!corpus.is_empty());
    corpus
}

fn change() -> impl Strategy<Value = Change> {
    let any_bytes = prop_oneof![vec(any::<u8>(), 1..8), proptest::sample::select(WORDS).prop_map(<[u8]>::to_vec)];
    let index = any::<Index>;
    prop_oneof![
        (index(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (index(), any_bytes).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        (index(), index()).prop_map(|(from, to)| Change::Remove(from, to)),
        (index(), index(), index(), index()).prop_map(|(at, entry, from, to)| Change::Splice(at, entry, from, to)),
        (index(), index(), 2..40u8).prop_map(|(from, to, times)| Change::Repeat(from, to, times)),
        (index(), proptest::sample::select(NUMBERS)).prop_map(|(at, number)| Change::Number(at, number)),
    ]
}

fn changed(entries: &[Vec<u8>], entry: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = entry.to_vec();
    for change in changes {
        let place = |index: &Index, bytes: &[u8]| index.index(bytes.len() + 1);
        let range = |from: &Index, to: &Index, bytes: &[u8]| {
            let (from, to) = (place(from, bytes), place(to, bytes));
            from.min(to)..from.max(to)
        };
        match change {
            Change::Set(at, byte) if !bytes.is_empty() => *at.get_mut(&mut bytes) = *byte,
            Change::Set(..) => {}
            Change::Insert(at, inserted) => {
                let at = place(at, &bytes);
                bytes.splice(at..at, inserted.iter().copied());
            }
            Change::Remove(from, to) => drop(bytes.drain(range(from, to, &bytes))),
            Change::Splice(at, entry, from, to) => {
                let (at, other) = (place(at, &bytes), &entries[entry.index(entries.len())]);
                bytes.splice(at..at, other[range(from, to, other)].iter().copied());
            }
            Change::Repeat(from, to, times) => {
                let range = range(from, to, &bytes);
                let part = bytes[range.clone()].repeat((*times).into());
                if part.len() < 64 << 10 {
                    bytes.splice(range, part);
                }
            }
            Change::Number(at, number) => {
                let from = place(at, &bytes);
                if let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit).map(|offset| from + offset) {
                    let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                    bytes.splice(start..start + length, number.bytes());
                }
            }
        }
    }
    bytes
}
