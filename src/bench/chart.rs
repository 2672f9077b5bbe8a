//! The results as a chart: one SVG file that needs nothing else, in a reader's dark colours where he has them.
//!
//! Times span from a millisecond to seconds, so they stand on a scale of powers of ten, and as points: a bar would have no honest foot
//! there. What is a bar is runs a second, which begin at zero.

use std::fmt::Write;

use super::{
    programs::Workload,
    results::{Results, Row},
    text::number,
};

const WIDTH: f64 = 980.0;
const LINE: f64 = 24.0;
const HEAD: f64 = 66.0;
/// Where a section's heading and the numbers of its scale stand.
const SECTION: f64 = 72.0;
/// Places from left to right: names end, times begin and end, runs a second begin and end.
const NAMES: f64 = 120.0;
const TIMES: (f64, f64) = (136.0, 560.0);
const RATES: (f64, f64) = (620.0, 900.0);
/// Aims have long names, and times alone.
const AIM_NAMES: f64 = 300.0;
const AIM_TIMES: (f64, f64) = (316.0, 860.0);

const STYLE: &str = "
  text { font: 13px system-ui, sans-serif; fill: #1f2430; }
  .title { font-size: 19px; font-weight: 600; } .heading { font-size: 15px; font-weight: 600; }
  .quiet { fill: #5d6675; font-size: 12px; } .end { text-anchor: end; } .middle { text-anchor: middle; }
  .page { fill: #ffffff; } .grid { stroke: #d9dee7; } .spread { stroke: #7aa5dc; stroke-width: 3; stroke-linecap: round; }
  .dot { fill: #1c62b9; } .ring { fill: none; stroke: #b3560b; stroke-width: 2; } .bar { fill: #1c62b9; } .bad { fill: #b4232c; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6e9ef; } .quiet { fill: #9aa4b5; } .page { fill: #161a22; } .grid { stroke: #333b4a; }
    .spread { stroke: #3d6ea8; } .dot { fill: #79b1f2; } .ring { stroke: #f0a35a; } .bar { fill: #79b1f2; } .bad { fill: #ff8a8f; }
  }";

/// The whole chart.
pub(super) fn of(results: &Results) -> String {
    let mut chart = Chart { text: String::new(), y: HEAD };
    for workload in Workload::ALL {
        let rows: Vec<&Row> = results.rows.iter().filter(|row| row.workload == workload.name()).collect();
        if !rows.is_empty() {
            chart.workload(workload, &rows);
        }
    }
    chart.aims(results);
    let height = chart.y + 16.0;
    let server = &results.server;
    let place = if server.started_here { "started for this".to_owned() } else { format!("at {}", server.url) };
    let title = format!("{} {place}", server.version);
    let host = &results.host;
    let asked = format!("asked from {} cores of {}, Linux {}", host.cores, host.processor, host.kernel);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\">\n\
         <title>{}</title>\n<style>{STYLE}\n</style>\n<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n",
        escaped(&title)
    );
    let mut head = Chart { text: String::new(), y: 0.0 };
    head.label(20.0, 34.0, "title", &title);
    head.label(20.0, 56.0, "quiet", &asked);
    svg.push_str(&head.text);
    svg.push_str(&chart.text);
    svg.push_str("</svg>\n");
    svg
}

/// What is drawn so far, from above to below.
struct Chart {
    text: String,
    y: f64,
}

/// A scale of powers of ten, in milliseconds.
struct Scale {
    from: i32,
    to: i32,
    place: (f64, f64),
}

impl Scale {
    fn over(times: impl Iterator<Item = f64>, place: (f64, f64)) -> Scale {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for time in times.filter(|time| time.is_finite() && *time > 0.0) {
            (least, most) = (least.min(time), most.max(time));
        }
        if least > most {
            (least, most) = (1.0, 10.0);
        }
        let from = least.log10().floor() as i32;
        Scale { from, to: (most.log10().ceil() as i32).max(from + 1), place }
    }

    fn x(&self, ms: f64) -> f64 {
        let part = (ms.log10() - f64::from(self.from)) / f64::from(self.to - self.from);
        self.place.0 + part.clamp(0.0, 1.0) * (self.place.1 - self.place.0)
    }
}

impl Chart {
    /// Its languages, with the fewest clients at the left and the most at the right.
    fn workload(&mut self, workload: Workload, rows: &[&Row]) {
        let few = rows.iter().filter_map(|row| row.clients).min();
        let many = rows.iter().filter_map(|row| row.clients).max();
        let mut languages: Vec<&str> = rows.iter().map(|row| row.language).collect();
        languages.dedup();
        let find = |language: &str, clients| rows.iter().find(|row| row.language == language && row.clients == clients);
        let times: Vec<&Row> = rows.iter().filter(|row| row.clients == few && row.runs > 0).copied().collect();
        let scale = Scale::over(times.iter().flat_map(|row| [row.p50_ms, row.p99_ms]), TIMES);
        let rates = rows.iter().filter(|row| row.clients == many && row.runs > 0).map(|row| row.runs_per_second);
        let most = rates.fold(0.0, f64::max);

        let clients = |count: Option<usize>| match count {
            Some(1) => "1 client".to_owned(),
            Some(count) => format!("{count} clients"),
            None => String::new(),
        };
        self.section(workload.name(), &scale, languages.len(), &format!("ms, {}: point p50, line to p99", clients(few)));
        self.label(RATES.0, self.y - 26.0, "quiet", &format!("runs a second, {}", clients(many)));
        for language in languages {
            let y = self.y + LINE / 2.0;
            self.label(NAMES, y + 4.0, "end", language);
            match find(language, few).filter(|row| row.runs > 0) {
                Some(row) => {
                    let (p50, p99) = (scale.x(row.p50_ms), scale.x(row.p99_ms));
                    self.line("spread", (p50, y), (p99, y));
                    self.circle("dot", p50, y);
                    let times = format!("{} … {}", number(row.p50_ms), number(row.p99_ms));
                    self.value(p50, p99, y, &scale, &times);
                }
                None => self.label(TIMES.0 + 8.0, y + 4.0, "bad", "nothing measured"),
            }
            if let Some(row) = find(language, many) {
                if row.runs > 0 && most > 0.0 {
                    let width = (row.runs_per_second / most * (RATES.1 - RATES.0)).max(1.0);
                    let (x, top) = (RATES.0, y - 7.0);
                    let _ = writeln!(
                        self.text,
                        "<rect class=\"bar\" x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"14\" rx=\"2\"/>"
                    );
                    let errors = if row.errors > 0 { format!(", {} errors", row.errors) } else { String::new() };
                    let class = if row.errors > 0 { "bad" } else { "" };
                    self.label(x + width + 8.0, y + 4.0, class, &format!("{}{errors}", number(row.runs_per_second)));
                } else {
                    self.label(
                        RATES.0 + 8.0,
                        y + 4.0,
                        "quiet",
                        if row.skipped.is_some() { "not measured" } else { "errors only" },
                    );
                }
            }
            self.y += LINE;
        }
    }

    /// What was compared with the bare program.
    fn aims(&mut self, results: &Results) {
        let compared: Vec<_> = results
            .aims
            .iter()
            .filter_map(|aim| Some((aim, aim.http_ms?, aim.bare_ms?)))
            .filter(|aim| aim.1.is_finite())
            .collect();
        if compared.is_empty() {
            return;
        }
        let scale = Scale::over(compared.iter().flat_map(|(_, http, bare)| [*http, *bare]), AIM_TIMES);
        let what = "ms, p50, 1 client: point over HTTP, ring bare on this machine";
        self.section("Beside the bare command", &scale, compared.len(), what);
        for (aim, http, bare) in compared {
            let y = self.y + LINE / 2.0;
            self.label(AIM_NAMES, y + 4.0, "end", &aim.what);
            let (at, beside) = (scale.x(http), scale.x(bare));
            self.line("spread", (at, y), (beside, y));
            self.circle("ring", beside, y);
            self.circle("dot", at, y);
            self.value(at.min(beside), at.max(beside), y, &scale, &aim.wanted);
            let (class, held) = match aim.held {
                Some(true) => ("", "held"),
                Some(false) => ("bad", "missed"),
                None => ("quiet", "not measured"),
            };
            self.label(AIM_TIMES.1 + 24.0, y + 4.0, class, held);
            self.y += LINE;
        }
    }

    /// A heading and a scale, with lines down through so many rows.
    fn section(&mut self, heading: &str, scale: &Scale, rows: usize, what: &str) {
        self.y += SECTION;
        self.label(20.0, self.y - 44.0, "heading", heading);
        self.label(scale.place.0, self.y - 26.0, "quiet", what);
        for power in scale.from..=scale.to {
            let x = scale.x(10f64.powi(power));
            self.line("grid", (x, self.y - 4.0), (x, self.y + rows as f64 * LINE));
            let ms = if power < 0 { format!("{}", 10f64.powi(power)) } else { format!("{}", 10u64.pow(power as u32)) };
            self.label(x, self.y - 9.0, "quiet middle", &ms);
        }
    }

    /// A value beside its points: at their right, or at their left where there is no room.
    fn value(&mut self, left: f64, right: f64, y: f64, scale: &Scale, text: &str) {
        let fits = right + 12.0 + 7.0 * text.chars().count() as f64 <= scale.place.1 + 16.0;
        if fits {
            self.label(right + 12.0, y + 4.0, "quiet", text)
        } else {
            self.label(left - 12.0, y + 4.0, "quiet end", text)
        }
    }

    fn label(&mut self, x: f64, y: f64, class: &str, text: &str) {
        let _ = writeln!(self.text, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escaped(text));
    }

    fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let _ = writeln!(
            self.text,
            "<line class=\"{class}\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
            from.0, from.1, to.0, to.1
        );
    }

    fn circle(&mut self, class: &str, x: f64, y: f64) {
        let _ = writeln!(self.text, "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"/>");
    }
}

/// A server's own words must not become markup.
fn escaped(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_its_ends_at_powers_of_ten() {
        let scale = Scale::over([3.0, f64::NAN, 450.0].into_iter(), (0.0, 300.0));
        assert_eq!((scale.from, scale.to), (0, 3));
        assert_eq!([1.0, 10.0, 1000.0].map(|ms| scale.x(ms).round()), [0.0, 100.0, 300.0]);
        let empty = Scale::over(std::iter::empty(), (0.0, 1.0));
        assert_eq!((empty.from, empty.to), (0, 1));
    }

    #[test]
    fn what_a_server_says_is_text() {
        assert_eq!(escaped("<script>\"&\u{7}"), "&lt;script&gt;&quot;&amp;");
    }
}
