//! `codecanvas shell`: a language's own prompt in a sandbox, here or on a server.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use codecanvas_protocol::JobSpec;

use crate::{
    environment::{self, Variable},
    interactive,
    limits::{self, Limit},
    local::Local,
    sources,
};

/// Open the prompt of a language (python3, nodejs, bash, ruby, lua, php) in the sandbox.
///
/// Its working directory has the files that are named, and is gone at the end.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The language; `codecanvas langs` lists all.
    #[arg(value_name = "LANG")]
    lang: String,
    /// Files that the prompt finds in its working directory.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A limit, such as cpu_time=2s or memory=256MiB.
    #[arg(long = "limit", value_name = "NAME=VALUE", value_parser = limits::parse)]
    limits: Vec<Limit>,
    /// An environment variable.
    #[arg(long, value_name = "NAME=VALUE", value_parser = environment::parse)]
    env: Vec<Variable>,
    /// A server that runs it (default: this machine runs it, no server needed).
    #[arg(short, long, env = "CODECANVAS_URL", hide_env_values = true, value_name = "URL")]
    url: Option<String>,
    /// The configuration file, for runs on this machine.
    #[arg(long, env = "CODECANVAS_CONFIG", hide_env_values = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub(crate) fn main(args: Args) -> Result<ExitCode> {
    let spec = JobSpec {
        language: args.lang,
        shell: true,
        files: if args.files.is_empty() { Vec::new() } else { sources::read(&args.files)? },
        env: args.env.into_iter().collect(),
        limits: limits::spec(&args.limits),
        tty: interactive::size(),
        ..JobSpec::default()
    };
    match args.url.filter(|url| !url.is_empty()) {
        Some(url) => interactive::on_server(&url, spec),
        None => interactive::here(Local::start(args.config.as_deref())?, spec),
    }
}
