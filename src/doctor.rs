//! `codecanvas doctor`: what this host gives for isolation, what is lost without the rest, and what mends it.

use std::process::ExitCode;

use anyhow::{Result, bail};
use codecanvas_engine::{Registry, WarmMode};
use codecanvas_sandbox::{Host, Mechanism, Status};
use serde_json::json;

use crate::terminal;

/// Check what this host gives for isolation; exit code 1 when a run would not be isolated.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn main(args: Args) -> Result<ExitCode> {
    let host = Host::probe();
    let registry = Registry::load(None)?;
    if args.json {
        let findings = json!({
            "isolates": host.isolates(),
            "mechanisms": host.mechanisms,
            "warm": registry.warm_modes(),
            "prepared": registry.prepared(),
            "optional_packages": registry.absent_packages(),
        });
        terminal::print(&format!("{findings:#}\n"));
    } else {
        let verdict =
            if host.isolates() { "Runs are isolated on this host." } else { "A run would NOT be isolated on this host." };
        terminal::print(&format!("{}\n{}\n{verdict}\n", text(&host.mechanisms), of_speed(&registry)));
    }
    Ok(ExitCode::from(if host.isolates() { 0 } else { 1 }))
}

/// What this host has ready ahead of need.
fn of_speed(registry: &Registry) -> String {
    let list = |words: Vec<String>| if words.is_empty() { "none".to_owned() } else { words.join(", ") };
    let mode = |mode| match mode {
        WarmMode::Fork => "forked",
        WarmMode::Pool => "started ahead",
        WarmMode::Off => "executed",
    };
    let warm = registry.warm_modes().into_iter().map(|(id, own)| format!("{id} ({})", mode(own))).collect();
    let prepared = registry.prepared();
    let those = |wanted: bool| prepared.iter().filter(|(_, is)| **is == wanted).map(|(id, _)| (*id).to_owned()).collect();
    let mut text =
        format!("warm starts, unless engine.warm is false: {}\ncompilers prepared: {}\n", list(warm), list(those(true)));
    let missing: Vec<String> = those(false);
    if !missing.is_empty() {
        text.push_str(&format!("compilers not prepared: {}; `codecanvas prepare` does it\n", missing.join(", ")));
    }
    let absent = registry.absent_packages();
    if !absent.is_empty() {
        text.push_str(&format!("programs would start faster with: sudo apt-get install -y {}\n", absent.join(" ")));
    }
    text
}

/// Refuses to go on where a run would not be isolated, and says why.
pub(crate) fn demand_isolation() -> Result<()> {
    let host = Host::probe();
    if host.isolates() {
        return Ok(());
    }
    let missing: Vec<Mechanism> = host.mechanisms.into_iter().filter(|mechanism| mechanism.status == Status::Missing).collect();
    bail!("a run would not be isolated on this host\n{}", text(&missing));
}

fn text(mechanisms: &[Mechanism]) -> String {
    let width = mechanisms.iter().map(|mechanism| mechanism.name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for mechanism in mechanisms {
        let Mechanism { name, detail, .. } = mechanism;
        text.push_str(&format!("{:<7}  {name:<width$}  {detail}\n", word(mechanism.status)));
        let indent = " ".repeat(width + 11);
        if let Some(lost) = &mechanism.lost {
            text.push_str(&format!("{indent}without it: {lost}\n"));
        }
        if let Some(remedy) = &mechanism.remedy {
            text.push_str(&format!("{indent}to mend it: {remedy}\n"));
        }
    }
    text
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Full => "full",
        Status::Weaker => "weaker",
        Status::Missing => "missing",
    }
}
