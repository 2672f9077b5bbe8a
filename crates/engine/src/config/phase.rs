//! Limits of one phase as the operator sets them: what a job has that asks for nothing, and what none may exceed.

use codecanvas_protocol::{Limits, LimitsSpec};
use serde::{Deserialize, Deserializer, Serialize};

use super::written;

/// Default limits and ceilings of one phase. In a file, what is left out keeps the built-in value.
///
/// The ceiling is the last word: it holds for the defaults, for a language's own limits and for what clients ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhaseLimits {
    /// What a job has when neither it nor its language says otherwise; all are given.
    #[serde(default, with = "written::limits")]
    pub defaults: LimitsSpec,
    /// What a client may ask at most; all are given.
    #[serde(default, with = "written::limits")]
    pub ceilings: LimitsSpec,
}

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

impl PhaseLimits {
    /// The built-in limits of the run phase: a small program on a small machine.
    pub fn of_run() -> PhaseLimits {
        PhaseLimits {
            defaults: LimitsSpec {
                cpu_time_ms: Some(5_000),
                wall_time_ms: Some(10_000),
                memory_bytes: Some(512 * MIB),
                processes: Some(64),
                output_bytes: Some(MIB),
                file_size_bytes: Some(64 * MIB),
                disk_bytes: Some(64 * MIB),
                disk_files: Some(4096),
                stack_bytes: Some(64 * MIB),
                open_files: Some(256),
            },
            ceilings: LimitsSpec {
                cpu_time_ms: Some(60_000),
                wall_time_ms: Some(120_000),
                memory_bytes: Some(2 * GIB),
                processes: Some(512),
                output_bytes: Some(16 * MIB),
                file_size_bytes: Some(GIB),
                disk_bytes: Some(GIB),
                disk_files: Some(65_536),
                stack_bytes: Some(GIB),
                open_files: Some(4096),
            },
        }
    }

    /// The built-in limits of the compile phase: compilers are larger than the programs they make.
    pub fn of_compile() -> PhaseLimits {
        PhaseLimits {
            defaults: LimitsSpec {
                cpu_time_ms: Some(30_000),
                wall_time_ms: Some(60_000),
                memory_bytes: Some(GIB),
                processes: Some(128),
                output_bytes: Some(MIB),
                file_size_bytes: Some(128 * MIB),
                disk_bytes: Some(256 * MIB),
                disk_files: Some(16_384),
                stack_bytes: Some(64 * MIB),
                open_files: Some(1024),
            },
            ceilings: LimitsSpec {
                cpu_time_ms: Some(120_000),
                wall_time_ms: Some(240_000),
                memory_bytes: Some(4 * GIB),
                processes: Some(512),
                output_bytes: Some(16 * MIB),
                file_size_bytes: Some(GIB),
                disk_bytes: Some(2 * GIB),
                disk_files: Some(131_072),
                stack_bytes: Some(GIB),
                open_files: Some(8192),
            },
        }
    }

    /// The limits of one phase of one job: the client's wish, else the language's own, else the default; none above its ceiling.
    ///
    /// That a client's wish is above a ceiling is refused before (see the plan); here it would be cut down like the others.
    pub(crate) fn decide(&self, language: LimitsSpec, client: LimitsSpec, output_ceiling: u64) -> Limits {
        let mut decided = client.or(language).or(self.defaults);
        for (name, ceiling) in self.ceilings.entries() {
            let value = decided.entries().find(|(other, _)| *other == name).and_then(|(_, value)| value);
            if let (Some(value), Some(ceiling)) = (value, ceiling) {
                decided.set(name, value.min(ceiling));
            }
        }
        let mut limits = Limits::default().with(&decided);
        // The program is stopped only past what is returned, whatever the configuration says.
        limits.output_ceiling_bytes = output_ceiling.max(limits.output_bytes);
        limits
    }

    fn completed(self, builtin: PhaseLimits) -> PhaseLimits {
        PhaseLimits { defaults: self.defaults.or(builtin.defaults), ceilings: self.ceilings.or(builtin.ceilings) }
    }
}

/// The run phase in a file, completed by the built-in values.
pub(super) fn run<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PhaseLimits, D::Error> {
    Ok(PhaseLimits::deserialize(deserializer)?.completed(PhaseLimits::of_run()))
}

/// The compile phase in a file, completed by the built-in values.
pub(super) fn compile<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PhaseLimits, D::Error> {
    Ok(PhaseLimits::deserialize(deserializer)?.completed(PhaseLimits::of_compile()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_builtin_limit_is_given_and_at_or_below_its_ceiling() {
        for phase in [PhaseLimits::of_run(), PhaseLimits::of_compile()] {
            for ((name, default), (_, ceiling)) in phase.defaults.entries().zip(phase.ceilings.entries()) {
                assert!(default.unwrap() > 0 && default <= ceiling, "{name}");
            }
        }
        let limits = PhaseLimits::of_run().decide(LimitsSpec::default(), LimitsSpec::default(), 64 << 20);
        assert_eq!(limits, Limits::default());
    }

    #[test]
    fn the_client_comes_before_the_language_and_the_language_before_the_default() {
        let client = LimitsSpec { processes: Some(3), ..LimitsSpec::default() };
        let language = LimitsSpec { processes: Some(5), open_files: Some(7), ..LimitsSpec::default() };
        let limits = PhaseLimits::of_run().decide(language, client, 64 << 20);
        assert_eq!((limits.processes, limits.open_files, limits.disk_files), (3, 7, 4096));
    }

    #[test]
    fn nothing_is_above_its_ceiling_neither_default_nor_language() {
        let mut phase = PhaseLimits::of_run();
        phase.ceilings.memory_bytes = Some(1 << 20);
        phase.ceilings.processes = Some(2);
        let language = LimitsSpec { processes: Some(500), ..LimitsSpec::default() };
        let limits = phase.decide(language, LimitsSpec::default(), 64 << 20);
        assert_eq!((limits.memory_bytes, limits.processes), (1 << 20, 2));
    }

    #[test]
    fn a_program_is_never_stopped_before_its_output_is_full() {
        let client = LimitsSpec { output_bytes: Some(4096), ..LimitsSpec::default() };
        assert_eq!(PhaseLimits::of_run().decide(LimitsSpec::default(), client, 100).output_ceiling_bytes, 4096);
    }
}
