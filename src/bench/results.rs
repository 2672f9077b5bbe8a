//! Everything that was measured, as numbers: what `--json` writes.

use std::time::Duration;

use serde::Serialize;

use super::{
    aims::Aim,
    api::{Kind, Target},
    host::Host,
    load::{Measured, Pace, Task},
    soak::Soak,
};

/// The whole.
#[derive(Debug, Serialize)]
pub(super) struct Results {
    /// The version of the program that measured.
    pub(super) codecanvas: &'static str,
    pub(super) server: Facts,
    /// The machine that measured, which is the server's too when there is no `--url`.
    pub(super) host: Host,
    /// How long it all took.
    pub(super) seconds: f64,
    /// Whether it was ended before everything was measured.
    pub(super) interrupted: bool,
    pub(super) rows: Vec<Row>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) aims: Vec<Aim>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) soak: Option<Soak>,
}

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Facts {
    pub(super) url: String,
    pub(super) api: Kind,
    pub(super) version: String,
    /// Whether it was started for this on the machine that measured.
    pub(super) started_here: bool,
}

impl Facts {
    pub(super) fn of(target: &Target, started_here: bool) -> Facts {
        let api = &target.api;
        Facts { url: target.server.url.clone(), api: api.kind(), version: api.version().to_owned(), started_here }
    }
}

/// One program under one load.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    pub(super) language: &'static str,
    /// The version that the server has of it.
    pub(super) version: String,
    pub(super) workload: &'static str,
    /// How many clients sent programs; not known when they were sent at a fixed rate.
    pub(super) clients: Option<usize>,
    /// How many programs were sent each second, when that was fixed.
    pub(super) rate: Option<f64>,
    /// Runs that gave what they should.
    pub(super) runs: u64,
    pub(super) p50_ms: f64,
    pub(super) p90_ms: f64,
    pub(super) p99_ms: f64,
    pub(super) runs_per_second: f64,
    /// Runs that did not.
    pub(super) errors: u64,
    pub(super) first_error: Option<String>,
    /// Runs that were not compiled again, by the server's own word.
    pub(super) cached: u64,
    /// Why nothing was measured.
    pub(super) skipped: Option<String>,
}

impl Row {
    pub(super) fn new(task: &Task, pace: Pace, mut measured: Measured) -> Row {
        measured.took.sort_unstable();
        let runs = measured.took.len() as u64;
        let (clients, rate) = match pace {
            Pace::Clients(clients) => (Some(clients), None),
            Pace::Rate(rate) => (None, Some(rate)),
        };
        Row {
            language: task.program.language.id,
            version: task.runtime.version.clone(),
            workload: task.program.workload.name(),
            clients,
            rate,
            runs,
            p50_ms: percentile(&measured.took, 0.50),
            p90_ms: percentile(&measured.took, 0.90),
            p99_ms: percentile(&measured.took, 0.99),
            runs_per_second: runs as f64 / measured.elapsed.as_secs_f64().max(1e-9),
            errors: measured.errors,
            first_error: measured.first_error,
            cached: measured.cached,
            skipped: None,
        }
    }

    /// A load that was not tried.
    pub(super) fn skipped(task: &Task, pace: Pace, why: String) -> Row {
        Row { skipped: Some(why), ..Row::new(task, pace, Measured::default()) }
    }

    /// `64`, or `80/s`.
    pub(super) fn pace(&self) -> String {
        match (self.clients, self.rate) {
            (Some(clients), _) => clients.to_string(),
            (None, Some(rate)) => format!("{rate:.1}/s"),
            (None, None) => String::new(),
        }
    }

    /// `python3 hello, 64 clients`
    pub(super) fn name(&self) -> String {
        let pace = match self.clients {
            Some(1) => "1 client".to_owned(),
            Some(clients) => format!("{clients} clients"),
            None => self.pace(),
        };
        format!("{} {}, {pace}", self.language, self.workload)
    }
}

/// The nearest rank of sorted times, in milliseconds; not a number when there is none.
pub(super) fn percentile(sorted: &[Duration], share: f64) -> f64 {
    let rank = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
}

impl Results {
    /// Runs that failed or gave the wrong thing.
    pub(super) fn errors(&self) -> u64 {
        let of_aims: u64 = self.aims.iter().map(|aim| aim.errors).sum();
        self.rows.iter().map(|row| row.errors).sum::<u64>() + of_aims + self.soak.as_ref().map_or(0, |soak| soak.errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_ranks() {
        let times: Vec<Duration> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!([0.5, 0.9, 0.99, 1.0].map(|share| percentile(&times, share)), [50.0, 90.0, 99.0, 100.0]);
        assert_eq!(percentile(&times[..1], 0.99), 1.0);
        assert!(percentile(&[], 0.5).is_nan());
    }
}
