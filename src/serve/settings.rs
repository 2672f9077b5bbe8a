//! The settings of `codecanvas serve`: flags before `CODECANVAS_*`, before the configuration file, before the defaults.

use std::path::PathBuf;

use anyhow::{Context, Result};
use codecanvas_engine::EngineConfig;
use codecanvas_server::ServerConfig;

use crate::{config, listen};

/// Serve the HTTP interface.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// The address to listen on [default: 127.0.0.1:10100].
    #[arg(long, env = "CODECANVAS_LISTEN", hide_env_values = true, value_name = "HOST:PORT")]
    listen: Option<String>,
    /// The configuration file.
    #[arg(long, env = "CODECANVAS_CONFIG", hide_env_values = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Programs that run at once [default: one for each processor].
    #[arg(long, env = "CODECANVAS_RUNNERS", hide_env_values = true, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    runners: Option<u32>,
    /// Programs that wait at most; more are refused.
    #[arg(long, env = "CODECANVAS_QUEUE", hide_env_values = true, value_name = "N")]
    queue: Option<u32>,
    /// A web site whose pages may use this server, such as `https://example.org`; can be given several times.
    #[arg(
        long = "allow-origin",
        env = "CODECANVAS_ALLOW_ORIGIN",
        hide_env_values = true,
        value_name = "ORIGIN",
        value_delimiter = ','
    )]
    origins: Vec<String>,
    /// A name by which clients may call this server, besides the address it listens on; can be given several times.
    #[arg(
        long = "allow-host",
        env = "CODECANVAS_ALLOW_HOST",
        hide_env_values = true,
        value_name = "HOST",
        value_delimiter = ','
    )]
    hosts: Vec<String>,
    /// Who the server becomes when started as root, by name or number [default: a number that no account has].
    #[arg(long, env = "CODECANVAS_USER", hide_env_values = true, value_name = "USER")]
    user: Option<String>,
}

impl Args {
    /// The user to become.
    pub(super) fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }
}

/// Everything decided.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) listen: String,
    pub(super) server: ServerConfig,
    pub(super) engine: EngineConfig,
}

/// Reads the file and puts what flags and environment say in its place.
pub(super) fn decide(args: Args) -> Result<Settings> {
    let file = config::read(args.config.as_deref())?;
    let original = std::env::var("NUM_RUNNERS").ok().filter(|text| !text.is_empty());
    decide_from(args, file, original.as_deref())
}

/// `original`: `NUM_RUNNERS`, as the original codecanvas calls the number of runners; our own name for it comes first.
fn decide_from(args: Args, file: config::Config, original: Option<&str>) -> Result<Settings> {
    let config::Config { listen, mut server, mut engine } = file;
    let original =
        original.map(|text| text.parse().with_context(|| format!("NUM_RUNNERS: `{text}` is not a number"))).transpose()?;
    engine.runners = args.runners.or(original).unwrap_or(engine.runners);
    engine.queue = args.queue.unwrap_or(engine.queue);
    // A variable that is set to nothing is no wish.
    let given = |mut list: Vec<String>| {
        list.retain(|entry| !entry.is_empty());
        (!list.is_empty()).then_some(list)
    };
    server.allow_origin = given(args.origins).unwrap_or(server.allow_origin);
    server.allow_host = given(args.hosts).unwrap_or(server.allow_host);
    let listen = args.listen.filter(|address| !address.is_empty()).or(listen).unwrap_or_else(|| listen::DEFAULT.to_owned());
    Ok(Settings { listen, server, engine })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> config::Config {
        config::Config {
            listen: Some("file:1".to_owned()),
            engine: EngineConfig { runners: 2, ..Default::default() },
            ..Default::default()
        }
    }

    #[test]
    fn a_flag_comes_before_the_file() {
        let args = Args { listen: Some("flag:1".to_owned()), runners: Some(4), ..Default::default() };
        let settings = decide_from(args, file(), Some("3")).unwrap();
        assert_eq!((settings.listen.as_str(), settings.engine.runners), ("flag:1", 4));
    }

    #[test]
    fn the_file_comes_before_the_defaults() {
        let settings = decide_from(Args::default(), file(), None).unwrap();
        assert_eq!((settings.listen.as_str(), settings.engine.runners), ("file:1", 2));
        let settings = decide_from(Args::default(), config::Config::default(), None).unwrap();
        assert_eq!(settings.listen, listen::DEFAULT);
    }

    #[test]
    fn the_originals_number_of_runners_still_works() {
        assert_eq!(decide_from(Args::default(), file(), Some("3")).unwrap().engine.runners, 3);
        let error = decide_from(Args::default(), file(), Some("many")).unwrap_err().to_string();
        assert_eq!(error, "NUM_RUNNERS: `many` is not a number");
    }
}
