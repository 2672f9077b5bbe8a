//! How a hostile program may end, in the words of a program's head.

use anyhow::{Result, bail};
use codecanvas_protocol::{Outcome, Phase, Report};

/// One permitted end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct End(String);

/// Outcomes that are an end by their name alone.
const KINDS: [&str; 8] = [
    "cpu_time_exceeded",
    "wall_time_exceeded",
    "memory_exceeded",
    "output_exceeded",
    "file_size_exceeded",
    "processes_exceeded",
    "disk_exceeded",
    "stack_exceeded",
];

impl End {
    pub(super) fn parse(text: &str) -> Result<End> {
        let bare = text.strip_prefix("compile ").unwrap_or(text);
        let known = KINDS.contains(&bare)
            || matches!(text, "stopped" | "refused" | "compile failed")
            || bare.strip_prefix("exited ").is_some_and(|code| code.parse::<u8>().is_ok())
            || bare.strip_prefix("signaled SIG").is_some_and(|name| !name.is_empty());
        if !known {
            bail!("there is no end called `{text}`");
        }
        Ok(End(text.to_owned()))
    }

    /// Reads several, with ` or ` between them.
    pub(super) fn parse_all(text: &str) -> Result<Vec<End>> {
        text.split(" or ").map(str::trim).map(End::parse).collect()
    }

    /// Every word that is true of how this run ended.
    pub(super) fn of(report: &Report) -> Vec<End> {
        let outcome = &report.outcome;
        let mut words = vec![match outcome {
            Outcome::Exited { code } => format!("exited {code}"),
            Outcome::Signaled { name, .. } => format!("signaled {name}"),
            other => kind(other),
        }];
        let last_line = report.stdout.trim_end().lines().last().unwrap_or_default();
        if report.phases.last().is_some_and(|phase| phase.phase == Phase::Compile) {
            if matches!(outcome, Outcome::Exited { code } if *code != 0) {
                words.push("failed".to_owned());
            }
            words.iter_mut().for_each(|word| word.insert_str(0, "compile "));
        } else if outcome.is_success() && last_line.starts_with("stopped") {
            words.push("stopped".to_owned());
        }
        words.into_iter().map(End).collect()
    }

    /// A job that was not taken.
    pub(super) fn refused() -> End {
        End("refused".to_owned())
    }
}

impl std::fmt::Display for End {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The outcome's name in the API.
fn kind(outcome: &Outcome) -> String {
    let json = serde_json::to_value(outcome).unwrap_or_default();
    json["kind"].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_one_that_can_be() {
        for text in
            ["stopped", "refused", "exited 3", "signaled SIGSYS", "memory_exceeded", "compile failed", "compile exited 1"]
        {
            assert!(End::parse(text).is_ok(), "{text}");
        }
        for text in ["", "exited", "exited 256", "signaled 9", "memory", "compile stopped", "cancelled"] {
            assert!(End::parse(text).is_err(), "{text}");
        }
        assert_eq!(End::parse_all("stopped or exited 1").unwrap().len(), 2);
    }
}
