//! `codecanvas prepare`: work that is done once, so that compilers find it done.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Result, anyhow};
use codecanvas_engine::Registry;

use crate::{config, terminal};

/// Compile once what many programs need: the standard library of Go, headers of C++, javac's own classes. A server that starts after
/// this makes use of it; a new compiler needs it again.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only for these languages (default: for all).
    #[arg(value_name = "LANG")]
    languages: Vec<String>,
    /// The configuration file, for this machine's languages.
    #[arg(long, env = "CODECANVAS_CONFIG", hide_env_values = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub(crate) fn main(args: Args) -> Result<ExitCode> {
    let config = config::read(args.config.as_deref())?.engine;
    let registry = Registry::load(config.languages_dir.as_deref())?;
    let mut languages = Vec::new();
    for name in &args.languages {
        let language =
            registry.find_id(name).ok_or_else(|| anyhow!("no language is called `{name}` (see `codecanvas langs`)"))?;
        languages.push(language);
    }
    let done = registry.prepare(&languages, &mut |language| {
        terminal::say(&format!("Preparing {language}: once, for up to a minute."));
    });
    let failed = done.iter().filter_map(|(language, made)| Some((language, made.as_ref().err()?)));
    for (language, reason) in failed {
        terminal::say(&format!("{language} could not be prepared, so its programs take longer to compile: {reason}"));
    }
    Ok(ExitCode::from(u8::from(done.iter().any(|(_, made)| made.is_err()))))
}
