//! `codecanvas langs`: which languages there are, here or on a server.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use codecanvas_engine::Registry;
use codecanvas_protocol::LanguageInfo;

use crate::{client::Client, local::Local, table, terminal};

/// List the languages, and how to add those that are missing.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A server to ask (default: this machine).
    #[arg(short, long, env = "CODECANVAS_URL", hide_env_values = true, value_name = "URL")]
    url: Option<String>,
    /// Print everything that is known, as JSON.
    #[arg(long)]
    json: bool,
    /// The configuration file, for this machine's languages.
    #[arg(long, env = "CODECANVAS_CONFIG", hide_env_values = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print the Debian packages that the missing languages of this machine need.
    #[arg(long, hide = true)]
    packages: bool,
    /// Print the Debian packages that would make languages of this machine faster.
    #[arg(long, hide = true)]
    optional_packages: bool,
}

pub(crate) fn main(args: Args) -> Result<ExitCode> {
    let print_each = |package: &str| terminal::print(&format!("{package}\n"));
    if args.packages {
        missing_packages(&args).iter().for_each(|package| print_each(package));
        return Ok(ExitCode::SUCCESS);
    }
    if args.optional_packages {
        Registry::load(None)?.absent_packages().into_iter().for_each(print_each);
        return Ok(ExitCode::SUCCESS);
    }
    let languages = match args.url.as_deref().filter(|url| !url.is_empty()) {
        Some(url) => Client::new(url)?.languages()?,
        None => on_this_machine(&args)?,
    };
    if args.json {
        terminal::print(&format!("{}\n", serde_json::to_string_pretty(&languages)?));
    } else {
        terminal::print(&text(&languages));
    }
    Ok(ExitCode::SUCCESS)
}

fn on_this_machine(args: &Args) -> Result<Vec<LanguageInfo>> {
    let local = Local::start(args.config.as_deref())?;
    local.probe();
    Ok(local.languages())
}

/// The packages of the languages that do not work here; of all languages when the sandbox that tries them does not work.
fn missing_packages(args: &Args) -> Vec<String> {
    let all = codecanvas_engine::packages().expect("the built-in definitions are right, a test sees to it");
    let Ok(languages) = on_this_machine(args) else { return all };
    let commands: Vec<String> =
        languages.into_iter().filter(|language| !language.available).filter_map(|l| l.install).collect();
    let is_wanted = |package: &String| commands.iter().any(|command| command.split_whitespace().any(|word| word == package));
    all.into_iter().filter(is_wanted).collect()
}

fn text(languages: &[LanguageInfo]) -> String {
    let header = ["LANGUAGE", "VERSION", "ALIASES", ""].map(str::to_owned);
    let rows = languages.iter().map(|language| {
        let version = language.version.clone().unwrap_or_else(|| "-".to_owned());
        [language.id.clone(), version, language.aliases.join(" "), missing(language).unwrap_or_default()]
    });
    table::columns(&std::iter::once(header).chain(rows).collect::<Vec<_>>())
}

/// Why a language does not work here and the command that adds it, or nothing when it works.
pub(crate) fn missing(language: &LanguageInfo) -> Option<String> {
    if language.available {
        return None;
    }
    let reason = language.reason.as_deref().unwrap_or("not available");
    Some(match &language.install {
        Some(command) => format!("{reason}; add it: {command}"),
        None => reason.to_owned(),
    })
}
