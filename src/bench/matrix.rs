//! Languages × workloads × clients: what is measured by default.

use std::{
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::{Result, bail};

use super::{
    api::Target,
    load::{End, Measured, Pace, Task, load},
    programs::{Language, Program, Workload},
    progress::Progress,
    results::Row,
};

/// Runs before those that count.
const WARM_UP: usize = 3;
/// A load may last longer than it was told by this, because of what is under way at its end.
const MOST_OVERTIME: f64 = 30.0;

/// A fixed rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Rate {
    /// So many a second.
    PerSecond(f64),
    /// This part of the most that was reached.
    Part(f64),
}

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Rate, String> {
        let (number, percent) = text.strip_suffix('%').map_or((text, false), |number| (number, true));
        let number: Option<f64> = number.trim().parse().ok().filter(|number| (0.001..=1e6).contains(number));
        let number = number.ok_or("write a number of runs a second, such as 20, or a part, such as 80%")?;
        Ok(if percent { Rate::Part(number / 100.0) } else { Rate::PerSecond(number) })
    }
}

/// What is measured.
pub(super) struct Matrix {
    pub(super) languages: Vec<&'static Language>,
    /// Whether it is an error when the server lacks one of the languages.
    pub(super) all_are_wanted: bool,
    pub(super) workloads: Vec<Workload>,
    pub(super) clients: Vec<usize>,
    pub(super) rate: Option<Rate>,
    pub(super) end: End,
}

impl Matrix {
    /// Measures all of it, or as much as there is time for until `stop`.
    pub(super) fn measure(&self, target: &Arc<Target>, stop: &AtomicBool) -> Result<Vec<Row>> {
        let tasks = self.tasks(target)?;
        let progress = Progress::over(tasks.len() * (self.clients.len() + usize::from(self.rate.is_some())));
        let mut rows = Vec::new();
        for task in tasks {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            self.measure_one(&task, stop, &progress, &mut rows);
        }
        progress.clear();
        Ok(rows)
    }

    fn tasks(&self, target: &Arc<Target>) -> Result<Vec<Arc<Task>>> {
        let mut tasks = Vec::new();
        for language in &self.languages {
            let Some(runtime) = target.api.find(language) else {
                if self.all_are_wanted {
                    bail!("{} has no {}; leave it out of --languages", target.server.url, language.id);
                }
                continue;
            };
            let programs = self.workloads.iter().filter_map(|workload| Program::find(language, *workload));
            let task = |program| Task { target: target.clone(), runtime: runtime.clone(), program };
            tasks.extend(programs.map(|program| Arc::new(task(program))));
        }
        if tasks.is_empty() {
            bail!("there is nothing to measure: {} has none of the languages, or the workloads fit none", target.server.url);
        }
        Ok(tasks)
    }

    fn measure_one(&self, task: &Arc<Task>, stop: &AtomicBool, progress: &Progress, rows: &mut Vec<Row>) {
        let name = |pace: &str| format!("{} {}, {pace}", task.program.language.id, task.program.workload.name());
        progress.begin(name("warming up"));
        let mut paces: Vec<Option<Pace>> = self.clients.iter().map(|clients| Some(Pace::Clients(*clients))).collect();
        // The rate is known only when the others have been measured.
        paces.extend(self.rate.map(|_| None));
        if let Err(error) = warm_up(task) {
            // A server that cannot run it once is not asked to run it often.
            let first = paces[0].unwrap_or(Pace::Clients(1));
            rows.push(Row::new(task, first, Measured { errors: 1, first_error: Some(error), ..Measured::default() }));
            paces.iter().for_each(|_| progress.end());
            return;
        }
        let mut most = 0.0_f64;
        for pace in paces {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            let Some(pace) = pace.or_else(|| self.rate(most)) else { continue };
            progress.begin(match pace {
                Pace::Clients(1) => name("1 client"),
                Pace::Clients(clients) => name(&format!("{clients} clients")),
                Pace::Rate(rate) => name(&format!("{rate:.1} a second")),
            });
            let row = match self.too_long(pace, most) {
                Some(why) => Row::skipped(task, pace, why),
                None => {
                    let tasks = [task.clone()];
                    Row::new(task, pace, load(&tasks, pace, self.end, stop, &|part| progress.part(part)))
                }
            };
            if matches!(pace, Pace::Clients(_)) && row.skipped.is_none() {
                most = most.max(row.runs_per_second);
            }
            rows.push(row);
            progress.end();
        }
    }

    /// The fixed rate, when this many runs a second is the most.
    fn rate(&self, most: f64) -> Option<Pace> {
        match self.rate? {
            Rate::PerSecond(rate) => Some(Pace::Rate(rate)),
            Rate::Part(part) => (most > 0.0).then_some(Pace::Rate(most * part)),
        }
    }

    /// Why a load is not even tried: with many clients and a slow program its last answers come long after its time.
    fn too_long(&self, pace: Pace, most: f64) -> Option<String> {
        let (Pace::Clients(clients), End::After(time)) = (pace, self.end) else { return None };
        let seconds = clients as f64 / most;
        let is_long = most > 0.0 && seconds > MOST_OVERTIME.max(10.0 * time.as_secs_f64());
        is_long
            .then(|| format!("one run for each client would take about {seconds:.0} s; --runs or more --seconds measures it"))
    }
}

/// Until it works once, and then a few times more unless that takes long.
fn warm_up(task: &Task) -> Result<(), String> {
    let mut last = Err(String::new());
    let mut spent = Duration::ZERO;
    for _ in 0..WARM_UP {
        let ran = task.once();
        match (ran, &last) {
            (Ok(took), _) => {
                spent += took;
                last = Ok(());
            }
            (Err(error), Err(_)) => last = Err(error),
            // It worked before: how often it does not is measured.
            (Err(_), Ok(())) => {}
        }
        if last.is_ok() && spent > Duration::from_secs(1) {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::Rate;

    #[test]
    fn a_rate_is_a_number_or_a_part() {
        assert_eq!("20".parse(), Ok(Rate::PerSecond(20.0)));
        assert_eq!("80%".parse(), Ok(Rate::Part(0.8)));
        assert!(["", "-1", "fast", "0%"].iter().all(|text| text.parse::<Rate>().is_err()));
    }
}
