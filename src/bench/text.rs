//! The results as people read them.

use super::{
    results::{Results, Row},
    soak,
};
use crate::table;

/// Everything, as lines.
pub(super) fn of(results: &Results) -> String {
    let mut text = head(results);
    if !results.rows.is_empty() {
        text.push('\n');
        text.push_str(&rows(&results.rows));
    }
    let told = results.rows.iter().filter_map(|row| {
        let (count, what) = match (&row.skipped, &row.first_error) {
            (Some(why), _) => ("not measured".to_owned(), why),
            (None, Some(error)) => (errors(row), error),
            (None, None) => return None,
        };
        Some(format!("{}: {count}: {what}\n", row.name()))
    });
    let told: String = told.collect();
    if !told.is_empty() {
        text.push('\n');
        text.push_str(&told);
    }
    if let Some(soak) = &results.soak {
        text.push('\n');
        text.push_str(&soak::text(soak));
    }
    if !results.aims.is_empty() {
        text.push('\n');
        text.push_str(&aims(results));
    }
    if results.interrupted {
        text.push_str("\nEnded before everything was measured.\n");
    }
    text
}

fn head(results: &Results) -> String {
    let (server, host) = (&results.server, &results.host);
    let place = if server.started_here { " (started here for this)" } else { "" };
    let mut text = format!("{} at {}{place}\n", server.version, server.url);
    text.push_str(&format!(
        "asked from {} cores of {}, Linux {}, in {:.0} s; {:.0} % of them used by others before, {:.0} % after\n",
        host.cores,
        host.processor,
        host.kernel,
        results.seconds,
        host.used_by_others.0 * 100.0,
        host.used_by_others.1 * 100.0
    ));
    if host.is_noisy() {
        text.push_str("This machine is busy with something else: the numbers are rough.\n");
    }
    if host.is_debug {
        text.push_str("This program was built without optimisation: the numbers mean nothing.\n");
    }
    text
}

fn rows(rows: &[Row]) -> String {
    let header = ["LANGUAGE", "WORKLOAD", "CLIENTS", "RUNS", "P50 MS", "P90 MS", "P99 MS", "RUNS/S", "ERRORS"];
    let cells = rows.iter().map(|row| {
        let numbers = [row.p50_ms, row.p90_ms, row.p99_ms, row.runs_per_second].map(number);
        let [p50, p90, p99, rate] = if row.runs == 0 { Default::default() } else { numbers };
        let errors = if row.skipped.is_some() { "-".to_owned() } else { row.errors.to_string() };
        let (language, workload) = (row.language.to_owned(), row.workload.to_owned());
        [language, workload, row.pace(), row.runs.to_string(), p50, p90, p99, rate, errors]
    });
    let mut all: Vec<[String; 9]> = [header.map(str::to_owned)].into_iter().chain(cells).collect();
    // Numbers stand with their ends below each other.
    for column in 2..9 {
        let width = all.iter().map(|row| row[column].len()).max().unwrap_or(0);
        all.iter_mut().for_each(|row| row[column] = format!("{:>width$}", row[column]));
    }
    table::columns(&all)
}

/// Three digits that count, or all before the point.
pub(super) fn number(number: f64) -> String {
    match number {
        number if number.is_nan() => "-".to_owned(),
        number if number < 10.0 => format!("{number:.2}"),
        number if number < 100.0 => format!("{number:.1}"),
        number => format!("{number:.0}"),
    }
}

fn errors(row: &Row) -> String {
    if row.errors == 1 { "1 error".to_owned() } else { format!("{} errors, the first", row.errors) }
}

fn aims(results: &Results) -> String {
    let header = ["AIM", "WANTED", "MEASURED", "", ""].map(str::to_owned);
    let rows = results.aims.iter().map(|aim| {
        let held = match aim.held {
            Some(true) => "held",
            Some(false) => "MISSED",
            None => "?",
        };
        [aim.what.clone(), aim.wanted.clone(), aim.measured.clone(), held.to_owned(), aim.note.clone()]
    });
    let count = |held| results.aims.iter().filter(|aim| aim.held == held).count();
    let (missed, unknown) = (count(Some(false)), count(None));
    let all: Vec<_> = [header].into_iter().chain(rows).collect();
    let aims = results.aims.len();
    format!("{}{aims} aims: {} held, {missed} missed, {unknown} not measured\n", table::columns(&all), count(Some(true)))
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_have_the_digits_that_count() {
        assert_eq!([0.5, 9.876, 12.34, 4321.0, f64::NAN].map(number), ["0.50", "9.88", "12.3", "4321", "-"]);
    }
}
