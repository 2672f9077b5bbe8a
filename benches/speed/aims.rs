//! What this project wants to reach, beside what was measured.

use serde::Serialize;

use crate::{measure::Way, results::Row, soak::Soak};

/// The most memory that an idle server may have, in MiB.
const IDLE_MIB: f64 = 60.0;
/// How much more memory still counts as flat.
const FLAT: f64 = 1.1;
/// How many runs it has to be flat over.
const FLAT_RUNS: u64 = 10_000;

/// One aim.
#[derive(Debug, Serialize)]
pub(crate) struct Aim {
    pub(crate) what: String,
    pub(crate) wanted: String,
    pub(crate) measured: String,
    pub(crate) met: bool,
}

/// Every aim of issue 2.
pub(crate) fn judge(rows: &[Row], soak: &Soak) -> Vec<Aim> {
    let ratio = |subject: &str, way: Way, clients: usize| {
        let row = rows.iter().find(|row| (row.subject, row.way, row.clients) == (subject, way, clients));
        row.map_or(f64::NAN, |row| row.ratio)
    };
    let at_most = |what: &str, limit: f64, ratio: f64| Aim {
        what: what.to_owned(),
        wanted: format!("≤ {limit} × bare"),
        measured: format!("{ratio:.2} ×"),
        met: ratio <= limit,
    };
    let at_least = |subject: &str| {
        let ratio = ratio(subject, Way::Http, 64);
        Aim {
            what: format!("{subject}: runs/s over HTTP, 64 clients"),
            wanted: "≥ 0.7 × bare".to_owned(),
            measured: format!("{ratio:.2} ×"),
            met: ratio >= 0.7,
        }
    };
    let mut aims = vec![
        at_most("hello: p50 of the sandbox library", 2.5, ratio("hello", Way::Library, 1)),
        at_most("hello, sent compiled: p50 over HTTP", 3.0, ratio("hello", Way::Http, 1)),
        at_most("c, compiled in each run: p50 over HTTP", 3.0, ratio("c", Way::Http, 1)),
        at_most("python3: p50 over HTTP", 1.3, ratio("python3", Way::Http, 1)),
    ];
    aims.extend(["hello", "python3", "nodejs"].map(at_least));
    aims.extend(memory(soak));
    aims
}

fn memory(soak: &Soak) -> [Aim; 2] {
    let idle = soak.idle_bytes as f64 / f64::from(1 << 20);
    let idle = Aim {
        what: "memory of server and launcher, idle".to_owned(),
        wanted: format!("≤ {IDLE_MIB} MiB"),
        measured: format!("{idle:.1} MiB"),
        met: idle <= IDLE_MIB,
    };
    let enough = soak.runs >= FLAT_RUNS;
    let most = soak.most() as f64 / f64::from(1 << 20);
    let over = if enough { format!("{} runs", soak.runs) } else { format!("only {} runs, try --soak {FLAT_RUNS}", soak.runs) };
    let flat = Aim {
        what: format!("the same over {FLAT_RUNS} runs"),
        wanted: format!("≤ {FLAT} × the first tenth"),
        measured: format!("{:.2} ×, at most {most:.1} MiB ({over})", soak.growth()),
        met: enough && soak.growth() <= FLAT,
    };
    [idle, flat]
}
