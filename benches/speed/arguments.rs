//! The command line: `cargo bench --bench speed -- [--soak RUNS] [--quick]`.

use std::time::Duration;

use anyhow::{Context, Result, bail};

/// How many runs prove that memory stays flat.
const SOAK: u64 = 10_000;
/// How long the soak may take when nobody asked for a number.
const SOAK_PATIENCE: Duration = Duration::from_secs(75);

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arguments {
    pub(crate) pace: Pace,
    pub(crate) soak: Soak,
}

/// How long a comparison takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// How often each way has its turn.
    pub(crate) rounds: u32,
    /// How long a turn takes, about.
    pub(crate) turn: Duration,
}

/// How long the soak is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Soak {
    pub(crate) runs: u64,
    /// It ends early after this time.
    pub(crate) patience: Duration,
}

impl Arguments {
    /// Reads them; `None` when only the usage was asked for.
    pub(crate) fn read() -> Result<Option<Arguments>> {
        let mut arguments = Arguments {
            pace: Pace { rounds: 5, turn: Duration::from_millis(700) },
            soak: Soak { runs: SOAK, patience: SOAK_PATIENCE },
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                // cargo says so to every bench.
                "--bench" => {}
                "--quick" => {
                    arguments.pace = Pace { rounds: 2, turn: Duration::from_millis(150) };
                    arguments.soak.runs = 500;
                }
                "--soak" => {
                    let runs = words.next().and_then(|runs| runs.parse().ok()).filter(|runs| *runs > 0);
                    arguments.soak = Soak { runs: runs.context("--soak wants a number of runs")?, patience: Duration::MAX };
                }
                "--help" | "-h" => {
                    eprintln!("usage: cargo bench --bench speed -- [--quick] [--soak RUNS]");
                    eprintln!("  --quick      a smoke test of a minute; its numbers are rough");
                    eprintln!(
                        "  --soak RUNS  that many runs for the memory, however long they take [default: {SOAK}, at most {} s]",
                        SOAK_PATIENCE.as_secs()
                    );
                    return Ok(None);
                }
                other => bail!("unknown argument `{other}`; there are --quick and --soak RUNS"),
            }
        }
        Ok(Some(arguments))
    }
}
