//! What a caller asks the sandbox to run, and what it is told once at the start.

use std::{fmt, marker::PhantomData, path::PathBuf, time::Duration};

use codecanvas_protocol::{Limits, WindowSize};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, SeqAccess, Visitor},
};

use crate::Warm;

/// The longest that a program may be given, on the clock and on the processor: longer times would overflow in calculations, and nobody
/// means them.
pub const LONGEST_RUN: Duration = Duration::from_secs(30 * 24 * 3600);

/// A host directory or file that sandboxes may see, read-only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mount {
    /// Where it is on the host; absolute.
    pub source: PathBuf,
    /// Where the program finds it; absolute.
    pub target: PathBuf,
}

/// What the launcher is told once, at its start: the menu. A run may only name mounts that are on it.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The program to start as launcher; it calls [`crate::enter_if_launcher`] first in `main`. Default: this program.
    pub executable: Option<PathBuf>,
    /// Every mount that a run may name, beyond the base that every sandbox has (`/usr` and a synthesized `/etc`).
    pub mounts: Vec<Mount>,
    /// Interpreters that are kept ready for commands that ask for it; none is started when no sandbox is built ahead.
    pub warm: Vec<Warm>,
    /// Sandboxes alive at once (at least 1).
    pub slots: u32,
    /// Sandboxes built ahead of need: a server's runs then find one ready (a single run has no use for any).
    pub spares: u32,
    /// How many bytes the working directories may hold together that are kept for later sandboxes (see [`crate::Sandbox::keep`]);
    /// with 0 none is kept.
    pub tree_bytes: u64,
}

/// One program to run in a sandbox.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// The program and its arguments. A program without `/` is looked for on the `PATH` of `env`.
    #[serde(deserialize_with = "bounded")]
    pub argv: Vec<String>,
    /// The whole environment; nothing is inherited.
    #[serde(deserialize_with = "bounded")]
    pub env: Vec<(String, String)>,
    /// Files put below `/work` before the start.
    #[serde(deserialize_with = "bounded")]
    pub files: Vec<FileEntry>,
    /// What this program sees beyond the base; each must be on the launcher's menu.
    #[serde(deserialize_with = "bounded")]
    pub mounts: Vec<Mount>,
    /// What the program reads from its standard input; nothing of it when the program is spawned live.
    #[serde(skip)]
    pub stdin: Vec<u8>,
    /// A program that is spawned live: on a terminal of this size if one is given, else with a pipe as its standard input.
    pub live: Option<Live>,
    /// What the program may use.
    pub limits: Limits,
    /// Whether `/work` is kept for a further command of the same sandbox.
    pub keep_workspace: bool,
    /// Whether it may be started by an interpreter that is kept ready, see [`Warm`]; if there is none, it is executed.
    pub warm: bool,
    /// The working directory that it finds is this one, which an earlier sandbox has left (see [`crate::Sandbox::keep`]). What the
    /// program changes of it is its own and goes with it.
    pub base: Option<TreeKey>,
}

/// Names a working directory that is kept for later sandboxes: a digest of all that made it what it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TreeKey(pub [u8; 32]);

impl fmt::Debug for TreeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// How a program is connected that is fed while it runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    /// The size of its terminal; without one its streams are pipes.
    pub terminal: Option<WindowSize>,
}

/// A file of the working directory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// A relative path below `/work`, without `.` and `..`; missing directories are made.
    pub path: String,
    /// The content.
    #[serde(with = "bytes")]
    pub content: Vec<u8>,
    /// Whether it may be executed.
    pub executable: bool,
}

/// One of the two output streams of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// The most elements of a list in a command: far more than a kernel takes or a job may have.
const LIST_MAX: usize = 1 << 18;

/// A list of no more than that. On the way an empty word is one byte, in memory it is many: a message of a permitted size must not
/// become a gigabyte.
fn bounded<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct Bounded<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for Bounded<T> {
        type Value = Vec<T>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a list of at most {LIST_MAX} elements")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Vec<T>, A::Error> {
            let mut list = Vec::new();
            while let Some(element) = elements.next_element()? {
                if list.len() == LIST_MAX {
                    return Err(A::Error::invalid_length(LIST_MAX + 1, &self));
                }
                list.push(element);
            }
            Ok(list)
        }
    }
    deserializer.deserialize_seq(Bounded(PhantomData))
}

/// `Vec<u8>` as one run of bytes: serde's default would treat every byte as an element of its own.
mod bytes {
    use serde::{Deserializer, Serializer, de::Visitor};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Vec<u8>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}
