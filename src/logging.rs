//! The log: compact lines on stderr, as `CODECANVAS_LOG` or `RUST_LOG` asks.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

/// Starts the log. Without a wish in the environment a server logs what happens, and the other commands only errors: their
/// stderr belongs to the program they run.
pub(crate) fn start(serving: bool) {
    let default = if serving { "info" } else { "error" };
    let wish =
        ["CODECANVAS_LOG", "RUST_LOG"].into_iter().find_map(|name| std::env::var(name).ok()).filter(|wish| !wish.is_empty());
    let filter = wish.and_then(|wish| EnvFilter::try_new(wish).ok()).unwrap_or_else(|| EnvFilter::new(default));
    tracing_subscriber::fmt()
        .compact()
        .with_target(false)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr)
        // That a line cannot be written (the disk is full) would be told on stderr, and whoever cannot write there panics.
        .log_internal_errors(false)
        .with_env_filter(filter)
        .init();
}
