//! What a program may use: asked for (`LimitsSpec`) and decided (`Limits`).

use std::time::Duration;

use serde::{Deserialize, Serialize};

macro_rules! limits_spec {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// Limits as a client asks for them; what is left out takes the language's or the server's default.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(deny_unknown_fields)]
        pub struct LimitsSpec {
            $($(#[$doc])*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub $name: Option<u64>,)*
        }

        impl LimitsSpec {
            /// The name of every limit, in the order of the documentation.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// Every limit by name.
            pub fn entries(&self) -> impl Iterator<Item = (&'static str, Option<u64>)> {
                [$((stringify!($name), self.$name)),*].into_iter()
            }

            /// Sets the limit of that name; `false` when there is none.
            pub fn set(&mut self, name: &str, value: u64) -> bool {
                match name {
                    $(stringify!($name) => self.$name = Some(value),)*
                    _ => return false,
                }
                true
            }

            /// These limits where given, else those of `other`.
            pub fn or(self, other: LimitsSpec) -> LimitsSpec {
                LimitsSpec { $($name: self.$name.or(other.$name),)* }
            }
        }
    };
}

limits_spec! {
    /// Processor time of the whole process tree, in milliseconds.
    cpu_time_ms,
    /// Time on the clock from the program's first instruction, in milliseconds.
    wall_time_ms,
    /// Memory of the whole process tree, swap and files in tmpfs included, in bytes.
    memory_bytes,
    /// Processes and threads alive at once.
    processes,
    /// How much of each of stdout and stderr is returned, in bytes; the rest is counted and dropped.
    output_bytes,
    /// The largest file the program may write, in bytes.
    file_size_bytes,
    /// The size of the working directory, in bytes; `/tmp` and `/dev/shm` together have the same again.
    disk_bytes,
    /// Files and directories in the working directory.
    disk_files,
    /// The main thread's stack, in bytes.
    stack_bytes,
    /// Open file descriptors of one process.
    open_files,
}

impl LimitsSpec {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        *self == LimitsSpec::default()
    }
}

/// Limits in force for one phase: every one is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Processor time of the whole process tree.
    pub cpu_time: Duration,
    /// Time on the clock from the program's first instruction.
    pub wall_time: Duration,
    /// Memory of the whole process tree, swap and files in tmpfs included, in bytes.
    pub memory_bytes: u64,
    /// Processes and threads alive at once.
    pub processes: u64,
    /// How much of each of stdout and stderr is kept, in bytes.
    pub output_bytes: u64,
    /// How much the program may write to each of stdout and stderr before it is stopped, in bytes.
    pub output_ceiling_bytes: u64,
    /// The largest file the program may write, in bytes.
    pub file_size_bytes: u64,
    /// The size of the working directory, in bytes.
    pub disk_bytes: u64,
    /// Files and directories in the working directory.
    pub disk_files: u64,
    /// The main thread's stack, in bytes.
    pub stack_bytes: u64,
    /// Open file descriptors of one process.
    pub open_files: u64,
}

impl Default for Limits {
    /// Limits for a small program on a small machine.
    fn default() -> Self {
        Limits {
            cpu_time: Duration::from_secs(5),
            wall_time: Duration::from_secs(10),
            memory_bytes: 512 << 20,
            processes: 64,
            output_bytes: 1 << 20,
            output_ceiling_bytes: 64 << 20,
            file_size_bytes: 64 << 20,
            disk_bytes: 64 << 20,
            disk_files: 4096,
            stack_bytes: 64 << 20,
            open_files: 256,
        }
    }
}

impl Limits {
    /// These limits with those of `spec` in their place where it names them.
    pub fn with(mut self, spec: &LimitsSpec) -> Limits {
        let milliseconds = Duration::from_millis;
        self.cpu_time = spec.cpu_time_ms.map_or(self.cpu_time, milliseconds);
        self.wall_time = spec.wall_time_ms.map_or(self.wall_time, milliseconds);
        self.memory_bytes = spec.memory_bytes.unwrap_or(self.memory_bytes);
        self.processes = spec.processes.unwrap_or(self.processes);
        self.output_bytes = spec.output_bytes.unwrap_or(self.output_bytes);
        self.file_size_bytes = spec.file_size_bytes.unwrap_or(self.file_size_bytes);
        self.disk_bytes = spec.disk_bytes.unwrap_or(self.disk_bytes);
        self.disk_files = spec.disk_files.unwrap_or(self.disk_files);
        self.stack_bytes = spec.stack_bytes.unwrap_or(self.stack_bytes);
        self.open_files = spec.open_files.unwrap_or(self.open_files);
        self
    }
}
