//! What an operator can set of the engine: places, limits, and how large a request may be.

mod phase;
pub mod units;
mod written;

use std::{path::PathBuf, thread, time::Duration};

use codecanvas_protocol::{Ceilings, InteractiveCeilings, PhaseCeilings};
use serde::{Deserialize, Serialize};

pub use phase::PhaseLimits;

/// The engine's part of the configuration file. Sizes and times carry units there: `"64MiB"`, `"30s"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EngineConfig {
    /// Programs that run at once; 0 means as many as the machine has cores.
    pub runners: u32,
    /// Sandboxes that are built ahead of need and wait for a program; without a word two more than runners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spares: Option<u32>,
    /// Whether interpreters are kept ready, so that programs need not wait for them to start; only where sandboxes are built ahead.
    /// SECURITY.md says what programs share then.
    pub warm: bool,
    /// Jobs that may wait for a place; further ones are refused at once.
    pub queue: u32,
    /// How long a job waits at most before it is refused.
    #[serde(with = "written::time")]
    pub queue_wait: Duration,
    /// How much a program may write to each of stdout and stderr before it is stopped, in bytes. What is returned of it is the
    /// limit `output`, which is smaller.
    #[serde(with = "written::size")]
    pub output_ceiling: u64,
    /// How much of what was compiled is kept for jobs that would compile the same again, in bytes of memory; 0 for nothing. A quarter of
    /// it is the most that one job's files may take.
    #[serde(with = "written::size")]
    pub cache_bytes: u64,
    /// A folder of languages that are added to the built-in ones, or take the place of those with the same id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub languages_dir: Option<PathBuf>,
    /// How large a request may be.
    pub request: RequestCaps,
    /// Limits of the run phase.
    #[serde(deserialize_with = "phase::run")]
    pub run: PhaseLimits,
    /// Limits of the compile phase.
    #[serde(deserialize_with = "phase::compile")]
    pub compile: PhaseLimits,
    /// How long programs may take that a person talks to.
    pub interactive: InteractiveLimits,
}

/// Times of interactive runs. Their other limits are those of every run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InteractiveLimits {
    /// Time on the clock, in place of the run's default and ceiling (default: 10 minutes).
    #[serde(with = "written::time_of_run")]
    pub wall_time: Duration,
    /// How long neither side may say anything before the run is ended (default: 5 minutes).
    #[serde(with = "written::time")]
    pub idle: Duration,
    /// How many there may be at once, beside the runners: they mostly wait for somebody (default: 16).
    pub sessions: u32,
}

impl Default for InteractiveLimits {
    fn default() -> InteractiveLimits {
        InteractiveLimits { wall_time: Duration::from_secs(600), idle: Duration::from_secs(300), sessions: 16 }
    }
}

/// How much of everything one request may hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RequestCaps {
    /// Files of a program.
    pub files: usize,
    /// Bytes of one part of a file's path. More than 255 no file system takes.
    pub name_length: usize,
    /// Bytes of a file's path.
    pub path_length: usize,
    /// Arguments of the program, and as many flags for its compiler.
    pub args: usize,
    /// Bytes of one argument.
    #[serde(with = "written::size")]
    pub arg_length: u64,
    /// Environment variables.
    pub env: usize,
    /// Bytes of one environment variable's value, and of its name.
    #[serde(with = "written::size")]
    pub env_length: u64,
    /// Bytes of standard input.
    #[serde(with = "written::size")]
    pub stdin: u64,
}

impl Default for EngineConfig {
    fn default() -> EngineConfig {
        EngineConfig {
            runners: 0,
            spares: None,
            warm: true,
            queue: 64,
            queue_wait: Duration::from_secs(30),
            output_ceiling: 64 << 20,
            cache_bytes: 256 << 20,
            languages_dir: None,
            request: RequestCaps::default(),
            run: PhaseLimits::of_run(),
            compile: PhaseLimits::of_compile(),
            interactive: InteractiveLimits::default(),
        }
    }
}

impl Default for RequestCaps {
    fn default() -> RequestCaps {
        RequestCaps {
            files: 32,
            name_length: 100,
            path_length: 256,
            args: 64,
            arg_length: 4 << 10,
            env: 64,
            env_length: 4 << 10,
            stdin: 8 << 20,
        }
    }
}

impl EngineConfig {
    /// Programs that run at once, at least 1: what `runners` says, or as many as this process may use cores.
    pub fn runner_count(&self) -> u32 {
        match self.runners {
            0 => thread::available_parallelism().map_or(1, |cores| u32::try_from(cores.get()).unwrap_or(u32::MAX)),
            runners => runners,
        }
    }

    /// The same for runs that a person talks to.
    pub(crate) fn for_interactive(&self) -> EngineConfig {
        let mut config = self.clone();
        let wall_time = Some(u64::try_from(self.interactive.wall_time.as_millis()).unwrap_or(u64::MAX));
        (config.run.defaults.wall_time_ms, config.run.ceilings.wall_time_ms) = (wall_time, wall_time);
        config
    }

    /// What clients are told of it. How large a body may be, and what the host cannot enforce, is for others to say.
    pub(crate) fn ceilings(&self) -> Ceilings {
        let phase = |limits: &PhaseLimits| PhaseCeilings { defaults: limits.defaults, ceilings: limits.ceilings };
        let milliseconds = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let InteractiveLimits { wall_time, idle, sessions } = self.interactive;
        Ceilings {
            run: phase(&self.run),
            compile: phase(&self.compile),
            interactive: InteractiveCeilings { wall_time_ms: milliseconds(wall_time), idle_ms: milliseconds(idle), sessions },
            network: false,
            max_body_bytes: 0,
            weaker: Vec::new(),
        }
    }

    /// A limit from its name and its text, `memory` and `256MiB`: `units::parse_limit` for a command line's `--limit`.
    ///
    /// # Errors
    /// A sentence: an unknown name (with those there are), a missing unit, or zero.
    pub fn parse_limit(name: &str, text: &str) -> Result<(&'static str, u64), String> {
        units::parse_limit(name, text)
    }
}

/// Reads a TOML file with as much stack as that may take: the library's parser goes a step down for each brace or bracket that is
/// open, also where the file is wrong and the end of none of them can be found.
///
/// # Errors
/// There is not as much memory.
pub fn with_stack_for<T: Send>(text: &str, read: impl FnOnce() -> T + Send) -> Result<T, String> {
    /// More than a step takes, also where nothing is optimized.
    const STEP: usize = 16 << 10;
    /// How many fit into any stack.
    const FEW: usize = 64;
    let open = text.matches(['{', '[']).count();
    if open <= FEW {
        return Ok(read());
    }
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size((FEW + open) * STEP).spawn_scoped(scope, read);
        let thread = thread.map_err(|error| format!("{open} braces and brackets are too many to be read: {error}"))?;
        Ok(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(toml: &str) -> String {
        toml::from_str::<EngineConfig>(toml).unwrap_err().to_string()
    }

    #[test]
    fn the_defaults_written_out_are_read_as_the_defaults() {
        let text = toml::to_string_pretty(&EngineConfig::default()).unwrap();
        assert_eq!(toml::from_str::<EngineConfig>(&text).unwrap(), EngineConfig::default());
        assert!(text.contains("queue_wait = \"30s\"\noutput_ceiling = \"64MiB\""), "{text}");
        assert!(
            text.contains("[run.ceilings]\ncpu_time = \"1m\"\nwall_time = \"2m\"\nmemory = \"2GiB\"\nprocesses = 512"),
            "{text}"
        );
        assert_eq!(toml::from_str::<EngineConfig>("").unwrap(), EngineConfig::default());
    }

    #[test]
    fn what_is_left_out_keeps_its_builtin_value() {
        let config: EngineConfig =
            toml::from_str("runners = 3\n[compile.ceilings]\nmemory = \"8GiB\"\n[request]\nfiles = 2").unwrap();
        let mut expected = EngineConfig { runners: 3, ..EngineConfig::default() };
        expected.compile.ceilings.memory_bytes = Some(8 << 30);
        expected.request.files = 2;
        assert_eq!(config, expected);
        assert_eq!(config.runner_count(), 3);
        assert!(EngineConfig::default().runner_count() >= 1);
    }

    #[test]
    fn a_number_without_its_unit_is_refused() {
        assert!(refusal("queue_wait = 30").contains("`30` is not a time: write a number with its unit, like \"2s\""));
        assert!(refusal("output_ceiling = 1.5").contains("`1.5` is not a size"));
        assert!(refusal("[run.defaults]\nmemory = 512").contains("memory: `512` is not a size"));
        assert!(refusal("[run.defaults]\nwall_time = -1").contains("wall_time: `-1` is not a time"));
    }

    #[test]
    fn an_unknown_or_doubled_or_zero_setting_is_refused() {
        assert!(refusal("runner = 1").contains("unknown field `runner`"));
        assert!(refusal("[run]\nceiling = {}").contains("unknown field `ceiling`"));
        assert!(refusal("[run.defaults]\nram = \"1GiB\"").contains("there is no limit `ram`; there are cpu_time"));
        assert!(refusal("[run.defaults]\nmemory = \"1GiB\"\nmemory_bytes = 5").contains("`memory` is given twice"));
        assert!(refusal("[run.defaults]\nprocesses = 0").contains("zero"));
        assert!(refusal("[run.defaults]\nmemory = true").contains("a text with a unit"));
        assert!(refusal("[interactive]\nwall_time = \"0s\"").contains("zero"));
        assert!(refusal("[interactive]\nwall_time = \"721h\"").contains("longer than 30 days"));
        assert!(refusal("[run.ceilings]\nwall_time = \"721h\"").contains("longer than 30 days"));
    }
}
